import { ID_EXPECTED, refuses, type BadInput } from '../support/badInput.cjs';
import { fromAddress } from '../support/createRule.cjs';
import { locator, useCloudflare } from '../support/nodeTest.cjs';
import { byRef, com, ruleParameters } from '../support/ruleOperations.cjs';

const cf = useCloudflare();

type Fields = Record<string, unknown>;
const zone = locator('id', com);
const scanners = byRef('block_scanners');
const parameters = (operation: string, more: Fields): Fields =>
	ruleParameters(operation, { zone, rule: scanners, ...more });
const update = (
	what: string,
	updateFields: unknown,
	field: string,
	expected: string,
	more: Fields = {},
): BadInput => [
	`update: ${what}`,
	parameters('update', { updateFields, ...more }),
	field,
	expected,
];
const defined = (
	what: string,
	definition: unknown,
	field: string,
	expected: string,
	more: Fields = {},
): BadInput => [
	`definition: ${what}`,
	parameters('create', { defineBy: 'definition', definition, ...more }),
	field,
	expected,
];
const good = { action: 'block', expression: 'ip.src eq 192.0.2.1' };
const limit = { characteristics: ['cf.colo.id', 'ip.src'], period: 10, requests_per_period: 5 };
const limits = { phase: 'http_ratelimit' };
const position = (fields: Fields) => ({ position: { position: fields } });
const action = (fields: Fields) => ({ action: { action: fields } });

refuses('Bad input: which rule', cf, [
	...['update', 'delete'].flatMap((operation): BadInput[] => {
		const fields = { updateFields: { enabled: false } };
		const which = (rule: unknown) => parameters(operation, { ...fields, rule });
		return [
			[`${operation} no rule`, which(locator('list', '')), 'Rule:', ID_EXPECTED],
			[
				`${operation} an empty ID`,
				which(locator('id', '={{ "" }}')),
				'Rule: By ID was chosen',
				'An ID',
			],
			[
				`${operation} an empty ref`,
				which(byRef('={{ null }}')),
				'Rule: By Ref was chosen',
				'The ref',
			],
			[
				`${operation} a short ID`,
				which(locator('id', 'abc123')),
				'Rule: got "abc123" with 6',
				ID_EXPECTED,
			],
			[`${operation} a number`, which('={{ 7 }}'), 'Rule: got 7', 'A text'],
			[
				`${operation} in no phase`,
				{ ...which(scanners), phase: '={{ "waf" }}' },
				'Phase: got "waf"',
				'http_request_firewall_custom',
			],
			[
				`${operation} with a doubtful Dry Run`,
				{ ...which(scanners), options: { dryRun: '={{ "yes" }}' } },
				'Dry Run:',
				'true or false',
			],
		];
	}),
]);

refuses('Bad input: Update', cf, [
	update('nothing', {}, 'Update Fields: nothing was added', 'At least one field'),
	update(
		'no description',
		{ description: '={{ null }}' },
		'Description: got nothing',
		'an empty one',
	),
	update('a doubtful switch', { enabled: '={{ "maybe" }}' }, 'Enabled:', 'true or false'),
	update('doubtful logging', { logging: '={{ null }}' }, 'Log Matching Requests:', 'true or false'),
	update('a blank expression', { expression: ' ' }, 'Rule Expression:', 'An expression such as'),
	update(
		'conditions and an expression',
		{ conditions: fromAddress('192.0.2.1'), expression: 'ssl' },
		'Rule Expression: it was added beside Conditions',
		'One of the two',
	),
	update(
		'an empty condition',
		{ conditions: fromAddress('') },
		'Conditions → Condition 1',
		'An address',
	),
	update('how to combine nothing', { combine: 'or' }, 'Conditions:', 'At least one condition'),
	update('an empty action', { action: {} }, 'Update Fields → Action', 'A choice'),
	update(
		'an empty check',
		{ exposedCredentialCheck: {} },
		'Update Fields → Exposed Credential Check: nothing',
		'A choice',
	),
	update(
		'an unknown action',
		action({ ruleAction: '={{ "drop" }}' }),
		'Action: got "drop"',
		'One of: block',
	),
	update(
		'an action of another level',
		action({ ruleAction: '={{ "rewrite" }}' }),
		'Action: got "rewrite"',
		'One of: block',
	),
	update(
		'an action of another phase',
		action({ ruleAction: 'skip' }),
		'Action: got "skip", which rules of the phase http_ratelimit cannot have',
		'One of: block',
		limits,
	),
	update(
		'nothing to skip',
		action({ ruleAction: 'skip', skipRules: 'none' }),
		'Action: Skip',
		'Skip Rules',
	),
	update(
		'an unknown place',
		position({ position: '={{ "top" }}' }),
		'Position: got "top"',
		'One of',
	),
	update('a neighbour without ID', position({ position: 'before' }), 'Rule:', ID_EXPECTED),
	update('place 0', position({ position: 'index', positionIndex: 0 }), 'Number:', 'from 1'),
	update(
		'a limit of a custom rule',
		{ period: 60 },
		'Update Fields: a rule of the phase',
		'a rate limiting rule',
	),
	update('an unknown period', { period: 7 }, 'Period: got 7', '10, 15, 20', limits),
	update(
		'both kinds of addresses',
		{ characteristics: ['ip.src', 'cf.unique_visitor_id'] },
		'Count Requests By: got both',
		'One of the two',
		limits,
	),
	update(
		'a check of credentials for a zone',
		{ exposedCredentialCheck: { check: { usernameExpression: 'a', passphraseExpression: 'b' } } },
		'Exposed Credential Check: the scope is Zone',
		'Scope Account',
	),
	update(
		'a way that there is not',
		{ enabled: false },
		'Define Rule By: got "both"',
		'fields, definition',
		{
			defineBy: 'both',
		},
	),
	update('no definition', undefined, 'Definition: got "x"', 'JSON', {
		defineBy: 'definition',
		definition: '={{ "x" }}',
	}),
]);

refuses('Bad input: definitions', cf, [
	defined('none', '={{ undefined }}', 'Definition', 'JSON'),
	defined('a list', '[]', 'Definition: got []', 'A JSON object'),
	defined('an empty one', '{}', 'Definition → action: got nothing', 'An action such as block'),
	defined(
		'no expression',
		{ action: 'block' },
		'Definition → expression: got nothing',
		'An expression',
	),
	defined(
		'an unknown action',
		{ ...good, action: 'drop' },
		'Definition → action: got "drop"',
		'One of: block',
	),
	defined('a text as switch', { ...good, enabled: 'on' }, 'Definition → enabled:', 'true or false'),
	defined(
		'a number as description',
		{ ...good, description: 7 },
		'Definition → description: got 7',
		'A text',
	),
	defined(
		'a text as parameters',
		{ ...good, action_parameters: 'x' },
		'Definition → action_parameters',
		'A JSON object',
	),
	defined('place 0', { ...good, position: 0 }, 'Definition → position: got 0', 'from 1'),
	defined(
		'an empty place',
		{ ...good, position: {} },
		'Definition → position: got {}',
		'A number from 1',
	),
	defined(
		'a neighbour by name',
		{ ...good, position: { after: 'x' } },
		'Definition → position → after',
		ID_EXPECTED,
	),
	defined(
		'a limit of a custom rule',
		{ ...good, ratelimit: limit },
		'Definition → ratelimit: rules of the phase',
		'A definition without ratelimit',
	),
	defined(
		'no limit',
		good,
		'Definition → ratelimit → characteristics: got nothing',
		'cf.colo.id',
		limits,
	),
	defined(
		'a limit without the data center',
		{ ...good, ratelimit: { ...limit, characteristics: ['ip.src'] } },
		'Definition → ratelimit → characteristics: got ["ip.src"]',
		'cf.colo.id',
		limits,
	),
	defined(
		'a limit by nothing else',
		{ ...good, ratelimit: { ...limit, characteristics: ['cf.colo.id'] } },
		'Definition → ratelimit → characteristics: nothing',
		'At least one',
		limits,
	),
	defined(
		'an action of an account',
		{ ...good, action: 'rewrite' },
		'Definition → action: got "rewrite"',
		'One of',
	),
]);

refuses('Bad input: other operations take the same care', cf, [
	[
		'upsert: a definition',
		ruleParameters('upsert', {
			ref: 'a',
			defineBy: 'definition',
			definition: '{"action":"block"}',
		}),
		'Definition → expression:',
		'An expression',
	],
	[
		'update: a definition for its phase',
		parameters('update', {
			defineBy: 'definition',
			definition: { ...good, action: 'skip' },
			...limits,
		}),
		'Definition → action: got "skip"',
		'One of: block',
	],
]);
