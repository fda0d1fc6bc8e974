import { blockRule, fromAddress } from '../support/createRule.cjs';
import { ID_EXPECTED, refuses, type BadInput } from '../support/badInput.cjs';
import { locator, mainAccount, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const cf = useCloudflare();

const com = seedIds.zones['example.com'];
const rules = (more: object) => ({
	resource: 'rulesetRule',
	operation: 'getAll',
	zone: locator('id', com),
	...more,
});
const zones = (more: object) => ({ resource: 'zone', operation: 'getAll', ...more });
const ofAccount = { scope: 'account', account: mainAccount };
const condition = (differences: object) => ({
	conditions: { condition: [{ field: 'ip.src', operator: 'eq', values: '', ...differences }] },
});
const response = (differences: object) => ({
	blockResponse: {
		response: { statusCode: 403, contentType: 'text/plain', content: 'No', ...differences },
	},
});
const typed = (expression: unknown) => ({ expressionFrom: 'expression', expression });

const VALUE = 'Conditions → Condition 1 → Value:';

const numbers: BadInput[] = [
	...[0, -1, 1.5, '={{ "many" }}', '={{ null }}', '={{ Infinity }}'].flatMap(
		(limit): BadInput[] => [
			[`Limit ${limit} of zones`, zones({ limit }), 'Limit:', 'A whole number from 1'],
			[`Limit ${limit} of rules`, rules({ limit }), 'Limit:', 'A whole number from 1'],
			[
				`Limit ${limit} of rulesets`,
				{ ...rules({ limit }), resource: 'ruleset' },
				'Limit:',
				'A whole number from 1',
			],
		],
	),
	...[0, -1, 1.5, '={{ "first" }}'].map(
		(positionIndex): BadInput => [
			`position ${positionIndex}`,
			blockRule({ position: 'index', positionIndex }),
			'Number:',
			'A whole number from 1',
		],
	),
	['before no rule', blockRule({ position: 'before' }), 'Rule:', ID_EXPECTED],
	[
		'after a malformed rule',
		blockRule({ position: 'after', positionRule: locator('id', 'x') }),
		'Rule:',
		ID_EXPECTED,
	],
	['an unknown place', blockRule({ position: '={{ "top" }}' }), 'Position:', 'One of: last, first'],
	...[200, 399, 500, 403.5, '={{ "forbidden" }}'].map(
		(statusCode): BadInput => [
			`status code ${statusCode}`,
			blockRule(response({ statusCode })),
			'Custom Response → Status Code:',
			'A whole number from 400 to 499',
		],
	),
	[
		'a response without content',
		blockRule(response({ content: '' })),
		'Custom Response → Content:',
		'The text that',
	],
	[
		'an unknown content type',
		blockRule(response({ contentType: 'image/png' })),
		'Custom Response → Content Type:',
		'text/html',
	],
	[
		'a response that is too long',
		blockRule(response({ content: 'é'.repeat(15_361) })),
		'Custom Response → Content:',
		'30,720 bytes',
	],
];

const actions: BadInput[] = [
	[
		'skip nothing',
		blockRule({ ruleAction: 'skip', skipRules: 'none' }),
		'Action: Skip was chosen',
		'Skip Rules',
	],
	[
		'skip an unknown phase',
		blockRule({ ruleAction: 'skip', skipPhases: ['x'] }),
		'Skip Phases:',
		'One of: http_ratelimit',
	],
	[
		'skip an unknown product',
		blockRule({ ruleAction: 'skip', skipProducts: ['BIC'] }),
		'Skip Products:',
		'One of: bic',
	],
	[
		'skip the phase of an account',
		blockRule({ ...ofAccount, ruleAction: 'skip', skipRules: 'phase' }),
		'Skip Rules:',
		'All Remaining Custom Rules (ruleset) or None (none)',
	],
	[
		'a header without a name',
		blockRule({ ...ofAccount, ruleAction: 'rewrite', headerName: '' }),
		'Header Name:',
		'The name of a request header',
	],
	[
		'a header with a line break',
		blockRule({ ...ofAccount, ruleAction: 'rewrite', headerName: 'a\r\nb' }),
		'Header Name:',
		'The name of a request header',
	],
	[
		'a header without a value',
		blockRule({ ...ofAccount, ruleAction: 'rewrite', headerValue: '' }),
		'Header Value:',
		'A text',
	],
	[
		'a check of credentials for a zone',
		blockRule({
			additionalFields: {
				exposedCredentialCheck: { check: { usernameExpression: 'a', passphraseExpression: 'b' } },
			},
		}),
		'Exposed Credential Check:',
		'Scope Account',
	],
	[
		'a check of credentials without expressions',
		blockRule({
			...ofAccount,
			additionalFields: { exposedCredentialCheck: { check: { usernameExpression: '' } } },
		}),
		'Exposed Credential Check → User Name Expression:',
		'An expression',
	],
];

const conditions: BadInput[] = [
	[
		'a long expression',
		blockRule(typed(`ip.src in {${'192.0.2.1 '.repeat(500)}}`)),
		'Rule Expression:',
		'Cloudflare accepts 4,096',
	],
	[
		'a blank expression',
		blockRule(typed('={{ " " }}')),
		'Rule Expression:',
		'An expression such as',
	],
	['no expression', blockRule(typed('')), 'Rule Expression:', 'An expression such as'],
	[
		'an object as expression',
		blockRule(typed('={{ {} }}')),
		'Rule Expression:',
		'An expression such as',
	],
	[
		'conditions that get too long',
		blockRule({
			conditions: fromAddress(
				`={{ ${JSON.stringify(Array.from({ length: 600 }, (_, i) => `198.51.${i >> 8}.${i & 255}`))} }}`,
			),
		}),
		'Conditions:',
		'a list',
	],
	['no condition', blockRule({ conditions: {} }), 'Conditions:', 'At least one condition'],
	['no value', blockRule(condition({})), VALUE, 'An address such as'],
	['a word as address', blockRule(condition({ values: 'attacker' })), VALUE, 'An address such as'],
	[
		'a number as address',
		blockRule(condition({ values: '={{ 3221225985 }}' })),
		VALUE,
		'An address such as',
	],
	['an octal address', blockRule(condition({ values: '0300.0.2.1' })), VALUE, 'An address such as'],
	[
		'an object as value',
		blockRule(condition({ values: '={{ ({ ip: "192.0.2.1" }) }}' })),
		VALUE,
		'An address such as',
	],
	[
		'a nested list as value',
		blockRule(condition({ operator: 'in', values: '={{ [["192.0.2.1"]] }}' })),
		VALUE,
		'without lists inside',
	],
	[
		'a gap in a list',
		blockRule(condition({ operator: 'in', values: '={{ ["192.0.2.1", null] }}' })),
		VALUE,
		'value 2 of the list',
	],
	[
		'an empty list',
		blockRule(condition({ operator: 'in', values: '={{ [] }}' })),
		VALUE,
		'An address such as',
	],
	[
		'a word as number',
		blockRule(condition({ field: 'cf.edge.server_port', values: 'https' })),
		VALUE,
		'A whole number',
	],
	[
		'a number out of range',
		blockRule(condition({ field: 'cf.edge.server_port', values: 65536 })),
		VALUE,
		'A whole number from 0 to 65535',
	],
	[
		'a country by name',
		blockRule(condition({ field: 'ip.src.country', values: 'Germany' })),
		VALUE,
		'A country code',
	],
	[
		'a line break in a text',
		blockRule(condition({ field: 'http.user_agent', values: 'a\nb' })),
		VALUE,
		'one line without control characters',
	],
	[
		'a control character',
		blockRule(condition({ field: 'http.user_agent', values: 'a\u0000b' })),
		VALUE,
		'U+0000',
	],
	[
		'half a character',
		blockRule(condition({ field: 'http.user_agent', values: 'a\ud800' })),
		VALUE,
		'half a character',
	],
	[
		'an unknown field',
		blockRule(condition({ field: '={{ "ip.dst" }}', values: 'x' })),
		'Conditions → Condition 1 → Field:',
		'One of the fields offered',
	],
	[
		'an operator that does not fit',
		blockRule(condition({ operator: 'contains', values: 'x' })),
		'Conditions → Condition 1 → Operator:',
		'One of:',
	],
	[
		'a header without a name',
		blockRule(condition({ field: 'http.request.headers', values: 'x' })),
		'Conditions → Condition 1 → Name:',
		'The name of a request header',
	],
	[
		'an unknown combination',
		blockRule({ combine: '={{ "xor" }}' }),
		'Combine Conditions:',
		'One of: and, or',
	],
	[
		'a list name that escapes',
		blockRule(condition({ operator: 'inList', values: 'a or true' })),
		VALUE,
		'The name of a list',
	],
];

refuses('Bad input: numbers and positions', cf, numbers);
refuses('Bad input: actions', cf, actions);
refuses('Bad input: expressions and conditions', cf, conditions);
