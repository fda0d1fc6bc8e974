import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../descriptions/options';
import { InputError, shown } from '../../inputError';
import { readLocator } from '../../targets/locator';
import type { ScopeKind } from '../../targets/scope';
import { hexId, oneOf } from '../../transport/path';
import type { Item } from '../item';
import { filledText, wholeNumber } from '../values';

/** What an action adds to a rule. */
type ActionParts = Readonly<Record<string, unknown>>;

interface RuleAction {
	value: string;
	name: string;
	description: string;
	/** Where it exists; everywhere when left out. */
	scope?: ScopeKind;
	/** Its own fields. */
	fields?: INodeProperties[];
	/** Reads them. @throws InputError when one is missing or wrong */
	read?: (item: Item) => ActionParts;
}

const contentTypes = ['application/json', 'text/html', 'text/plain', 'text/xml'] as const;
/** Cloudflare docs: a custom response has at most 30 KB. */
const MAX_RESPONSE_BYTES = 30 * 1024;
const skippablePhases = [
	'http_ratelimit',
	'http_request_firewall_managed',
	'http_request_sbfm',
] as const;
const skippableProducts = [
	'bic',
	'hot',
	'rateLimit',
	'securityLevel',
	'uaBlock',
	'waf',
	'zoneLockdown',
] as const;

function readBlock(item: Item): ActionParts {
	const { response } = item.collection('blockResponse') as { response?: Record<string, unknown> };
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

const listOf = (value: unknown): unknown[] =>
	Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value];

function readSkip(item: Item): ActionParts {
	const phases = listOf(item.value('skipPhases', [])).map((phase) =>
		oneOf(phase, skippablePhases, 'Skip Phases'),
	);
	const products = listOf(item.value('skipProducts', [])).map((product) =>
		oneOf(product, skippableProducts, 'Skip Products'),
	);
	const rules = oneOf(item.value('skipRules', 'none'), ['none', 'ruleset', 'phase'], 'Skip Rules');
	if (rules === 'phase' && item.scopeKind() === 'account') {
		throw new InputError('Skip Rules', 'got "phase" at account level', 'One of: none, ruleset');
	}
	const parameters = {
		...(rules === 'none' ? {} : { [rules]: 'current' }),
		...(phases.length > 0 ? { phases } : {}),
		...(products.length > 0 ? { products } : {}),
	};
	if (Object.keys(parameters).length === 0) {
		throw new InputError(
			'Action',
			'Skip was chosen, but nothing to skip',
			'A choice in Skip Rules, Skip Phases or Skip Products',
		);
	}
	return {
		action_parameters: parameters,
		logging: { enabled: item.flag('logMatches', true) },
	};
}

function readExecute(item: Item): ActionParts {
	const chosen = readLocator(item.value('executeRuleset', ''), 'Ruleset to Execute');
	const id = hexId(chosen?.value ?? '', { field: 'Ruleset to Execute', mistakes: item.mistakes() });
	return { action_parameters: { id } };
}

function readRewrite(item: Item): ActionParts {
	const name = filledText(
		item.value('headerName', ''),
		'Header Name',
		'The name of a request header',
	);
	if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)) {
		throw new InputError('Header Name', `got ${shown(name)}`, 'The name of a request header');
	}
	const value = filledText(item.value('headerValue', ''), 'Header Value', 'A text');
	return { action_parameters: { headers: { [name]: { operation: 'set', value } } } };
}

/** Every action of the custom rules phase (Cloudflare docs, "Rules language actions"). */
const ruleActions: readonly RuleAction[] = [
	{
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
	},
	{
		value: 'challenge',
		name: 'Interactive Challenge',
		description: 'Ask the client to solve a challenge',
	},
	{
		value: 'execute',
		name: 'Execute Ruleset',
		description: 'Run the rules of a custom ruleset',
		fields: [
			{
				displayName: 'Ruleset to Execute',
				name: 'executeRuleset',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description:
					'The custom ruleset to run. At account level, the rule must limit itself to Enterprise zones: cf.zone.plan eq "ENT".',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: 'Select a ruleset…',
						typeOptions: { searchListMethod: 'searchRulesets', searchable: true },
					},
					{
						displayName: 'By ID',
						name: 'id',
						type: 'string',
						placeholder: 'e.g. 2f2feab2026849078ba485f918791bdc',
					},
				],
			},
		],
		read: readExecute,
	},
	{
		value: 'js_challenge',
		name: 'JS Challenge',
		description: 'Run a script that people do not notice',
	},
	{
		value: 'log',
		name: 'Log',
		description: 'Only record matching requests. Needs the Enterprise plan.',
	},
	{
		value: 'managed_challenge',
		name: 'Managed Challenge',
		description: 'Let Cloudflare choose a challenge that fits the client',
	},
	{
		value: 'rewrite',
		name: 'Set Request Header',
		description: 'Mark the request for the origin, for the check of exposed credentials',
		scope: 'account',
		fields: [
			{
				displayName: 'Header Name',
				name: 'headerName',
				type: 'string',
				default: 'Exposed-Credential-Check',
				description: 'The request header that the origin gets',
			},
			{
				displayName: 'Header Value',
				name: 'headerValue',
				type: 'string',
				default: '1',
				description: 'The value of the header',
			},
		],
		read: readRewrite,
	},
	{
		value: 'skip',
		name: 'Skip',
		description: 'Let the request pass other protections',
		fields: [
			{
				displayName: 'Skip Rules',
				name: 'skipRules',
				type: 'options',
				options: [
					{
						name: 'All Rules of the Phase',
						value: 'phase',
						description: 'Also those of other rulesets that run in this phase. Only for a zone.',
					},
					{ name: 'All Remaining Custom Rules', value: 'ruleset' },
					{ name: 'None', value: 'none' },
				],
				default: 'ruleset',
				description: 'Which custom rules the request passes',
			},
			{
				displayName: 'Skip Phases',
				name: 'skipPhases',
				type: 'multiOptions',
				options: [
					{ name: 'Managed Rules', value: 'http_request_firewall_managed' },
					{ name: 'Rate Limiting Rules', value: 'http_ratelimit' },
					{ name: 'Super Bot Fight Mode', value: 'http_request_sbfm' },
				],
				default: [],
				description: 'Later phases that the request passes',
			},
			{
				displayName: 'Skip Products',
				name: 'skipProducts',
				type: 'multiOptions',
				options: [
					{ name: 'Browser Integrity Check', value: 'bic' },
					{ name: 'Hotlink Protection', value: 'hot' },
					{ name: 'Rate Limiting (Previous Version)', value: 'rateLimit' },
					{ name: 'Security Level', value: 'securityLevel' },
					{ name: 'User Agent Blocking', value: 'uaBlock' },
					{ name: 'WAF Managed Rules (Previous Version)', value: 'waf' },
					{ name: 'Zone Lockdown', value: 'zoneLockdown' },
				],
				default: [],
				description: 'Other products that the request passes',
			},
			{
				displayName: 'Log Matching Requests',
				name: 'logMatches',
				type: 'boolean',
				default: true,
				description: 'Whether requests that skip protections appear in the security events',
			},
		],
		read: readSkip,
	},
];

const optionsFor = (scope: ScopeKind) =>
	byName(
		ruleActions
			.filter((action) => (action.scope ?? scope) === scope)
			.map(({ name, value, description }) => ({ name, value, description })),
	);

/** The action selector and every action's own fields. */
export const actionFields: INodeProperties[] = [
	...(['zone', 'account'] as const).map(
		(scope): INodeProperties => ({
			displayName: 'Action',
			name: 'ruleAction',
			type: 'options',
			options: optionsFor(scope),
			default: 'block',
			description: 'What happens to a matching request',
			displayOptions: { show: { scope: [scope] } },
		}),
	),
	...ruleActions.flatMap(({ value, fields = [] }) =>
		fields.map((field) => ({ ...field, displayOptions: { show: { ruleAction: [value] } } })),
	),
];

/**
 * The action with its parameters, as members of a rule.
 * @throws InputError when the action does not exist at this level, or a parameter is missing or wrong
 */
export function readAction(item: Item): ActionParts {
	const scope = item.scopeKind();
	const available = ruleActions.filter((action) => (action.scope ?? scope) === scope);
	const value = oneOf(
		item.value('ruleAction', ''),
		available.map((action) => action.value),
		'Action',
	);
	const action = available.find((one) => one.value === value);
	return { action: value, ...action?.read?.(item) };
}
