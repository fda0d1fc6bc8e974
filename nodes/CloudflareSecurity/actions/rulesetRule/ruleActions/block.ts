import { InputError } from '../../../input/inputError';
import type { Fields } from '../fields';
import { filledText, oneOf, wholeNumber } from '../../../input/values';
import type { ActionParts, RuleAction } from './ruleAction';

const contentTypes = ['application/json', 'text/html', 'text/plain', 'text/xml'] as const;
/** Cloudflare docs: a custom response has at most 30 KB. */
const MAX_RESPONSE_BYTES = 30 * 1024;

function readBlock(fields: Fields): ActionParts {
	const { response } = fields.collection('blockResponse') as { response?: Record<string, unknown> };
	if (!response) return {};
	const content = filledText(
		response.content,
		'Custom Response → Content',
		'The text that the blocked client gets',
	);
	const bytes = new TextEncoder().encode(content).length;
	if (bytes > MAX_RESPONSE_BYTES) {
		throw new InputError(
			'Custom Response → Content',
			`it has ${bytes.toLocaleString('en-US')} bytes`,
			`At most ${MAX_RESPONSE_BYTES.toLocaleString('en-US')} bytes`,
		);
	}
	return {
		action_parameters: {
			response: {
				status_code: wholeNumber(response.statusCode, {
					field: 'Custom Response → Status Code',
					min: 400,
					max: 499,
				}),
				content_type: oneOf(response.contentType, contentTypes, 'Custom Response → Content Type'),
				content,
			},
		},
	};
}

export const block: RuleAction = {
	value: 'block',
	name: 'Block',
	description: 'Refuse the request',
	fields: [
		{
			displayName: 'Custom Response',
			name: 'blockResponse',
			type: 'fixedCollection',
			placeholder: 'Add Custom Response',
			default: {},
			description:
				"What the blocked client gets instead of Cloudflare's page. Needs the Pro plan or above.",
			options: [
				{
					displayName: 'Response',
					name: 'response',
					values: [
						{
							displayName: 'Status Code',
							name: 'statusCode',
							type: 'number',
							typeOptions: { minValue: 400, maxValue: 499 },
							default: 403,
							description: 'From 400 to 499',
						},
						{
							displayName: 'Content Type',
							name: 'contentType',
							type: 'options',
							options: [
								{ name: 'HTML', value: 'text/html' },
								{ name: 'JSON', value: 'application/json' },
								{ name: 'Plain Text', value: 'text/plain' },
								{ name: 'XML', value: 'text/xml' },
							],
							default: 'text/plain',
							description: 'The kind of the content',
						},
						{
							displayName: 'Content',
							name: 'content',
							type: 'string',
							typeOptions: { rows: 3 },
							default: '',
							description: 'At most 30 KB',
						},
					],
				},
			],
		},
	],
	read: readBlock,
};
