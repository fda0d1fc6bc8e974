import type { INodeProperties } from 'n8n-workflow';
import { checkExpression } from '../../firewall/expression';
import { InputError } from '../../input/inputError';
import type { Rule } from '../../targets/ruleset';
import type { ScopeKind } from '../../targets/scope';
import type { Item } from '../item';
import { filledText, optionalText, yesOrNo } from '../../input/values';

/** Parts of a rule that any rule may have, alphabetically. */
export const detailFields: INodeProperties[] = [
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
];

const refField: INodeProperties = {
	displayName: 'Ref',
	name: 'ref',
	type: 'string',
	default: '',
	placeholder: 'e.g. soar-block-4711',
	description:
		'A name of your own for the rule, unique in its ruleset. Left empty, one is made that stays the same when n8n repeats this item, so that a repetition adds no second rule.',
};

/** @param options the members of the collection */
const additionalFields = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options,
});

/** For a rule whose ref may be made. */
export const additionalFieldsWithRef = additionalFields([...detailFields, refField]);
export const additionalFieldsWithoutRef = additionalFields(detailFields);

export const dryRunField: INodeProperties = {
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
};

type Members = Readonly<Record<string, unknown>>;

const CHECK = 'Exposed Credential Check';

function readCheck(value: unknown, scope: ScopeKind): Rule {
	const { check } = (value ?? {}) as { check?: Members };
	if (!check) return {};
	if (scope === 'zone') {
		throw new InputError(
			CHECK,
			'the scope is Zone',
			'Scope Account; for a zone, use the managed ruleset',
		);
	}
	const { usernameExpression, passphraseExpression } = check;
	return {
		exposed_credential_check: {
			username_expression: checkExpression(usernameExpression, `${CHECK} → User Name Expression`),
			password_expression: checkExpression(
				passphraseExpression,
				`${CHECK} → Passphrase Expression`,
			),
		},
	};
}

/** The details that were given. @throws InputError when a field holds something that is no use */
export function readDetails(given: Members, scope: ScopeKind): Rule {
	return {
		...('description' in given
			? { description: optionalText(given.description, 'Description') ?? '' }
			: {}),
		...('enabled' in given ? { enabled: yesOrNo(given.enabled, 'Enabled') } : {}),
		...readCheck(given.exposedCredentialCheck, scope),
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
