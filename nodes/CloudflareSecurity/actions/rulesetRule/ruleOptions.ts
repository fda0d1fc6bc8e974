import type { INodeProperties } from 'n8n-workflow';
import { checkExpression } from '../../firewall/expression';
import { InputError } from '../../input/inputError';
import type { Rule } from '../../targets/ruleset';
import type { Item } from '../item';
import { filledText, optionalText, yesOrNo } from '../../input/values';

/** Parts of a rule that are rarely needed, and Dry Run. */
export const ruleOptionFields: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Credential stuffing, case 4711',
				description: 'What the rule is for, as the dashboard shows it',
			},
			{
				displayName: 'Enabled',
				name: 'enabled',
				type: 'boolean',
				default: true,
				description: 'Whether the rule takes effect at once',
			},
			{
				displayName: 'Exposed Credential Check',
				name: 'exposedCredentialCheck',
				type: 'fixedCollection',
				placeholder: 'Add Check',
				default: {},
				description:
					'The rule also requires that user name and password are known from a data breach. Only at account level.',
				options: [
					{
						displayName: 'Check',
						name: 'check',
						values: [
							{
								displayName: 'User Name Expression',
								name: 'usernameExpression',
								type: 'string',
								default: '',
								placeholder: 'e.g. url_decode(http.request.body.form["username"][0])',
								description: 'Where the user name stands in the request',
							},
							{
								displayName: 'Passphrase Expression',
								name: 'passphraseExpression',
								type: 'string',
								default: '',
								placeholder: 'e.g. url_decode(http.request.body.form["password"][0])',
								description: 'Where the password stands in the request',
							},
						],
					},
				],
			},
			{
				displayName: 'Ref',
				name: 'ref',
				type: 'string',
				default: '',
				placeholder: 'e.g. soar-block-4711',
				description:
					'A name of your own for the rule, unique in its ruleset. Left empty, one is made that stays the same when n8n repeats this item, so that a repetition adds no second rule.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to let Cloudflare check the rule and show the exact request, without changing anything',
			},
		],
	},
];

/** @throws InputError when a field holds something that is no use */
export function readRuleOptions(item: Item): Rule {
	const fields = item.collection('additionalFields');
	const { check } = (fields.exposedCredentialCheck ?? {}) as { check?: Record<string, unknown> };
	if (check && item.scopeKind() === 'zone') {
		throw new InputError(
			'Exposed Credential Check',
			'the scope is Zone',
			'Scope Account; for a zone, use the managed ruleset',
		);
	}
	return {
		description: optionalText(fields.description, 'Description') ?? '',
		enabled: 'enabled' in fields ? yesOrNo(fields.enabled, 'Enabled') : true,
		...(check
			? {
					exposed_credential_check: {
						username_expression: checkExpression(
							check.usernameExpression,
							'Exposed Credential Check → User Name Expression',
						),
						password_expression: checkExpression(
							check.passphraseExpression,
							'Exposed Credential Check → Passphrase Expression',
						),
					},
				}
			: {}),
	};
}

/** The ref that the user chose. @throws InputError when it is no text or only blanks */
export function readRef(item: Item): string | undefined {
	const { ref } = item.collection('additionalFields');
	if (ref === undefined || ref === '') return undefined;
	return filledText(ref, 'Ref', 'A text').trim();
}

/** @throws InputError when it is neither yes nor no: a doubt must not change anything */
export function readDryRun(item: Item): boolean {
	const options = item.collection('options');
	return 'dryRun' in options && yesOrNo(options.dryRun, 'Dry Run');
}
