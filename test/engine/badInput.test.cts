import { blockRule } from '../support/createRule.cjs';
import { ID_EXPECTED, refuses, type BadInput } from '../support/badInput.cjs';
import {
	callLines,
	locator,
	mainAccount,
	runNode,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();

const com = seedIds.zones['example.com'];
const zone = (value: unknown, mode: 'list' | 'id' | 'name' = 'id') => ({
	resource: 'zone',
	operation: 'get',
	zone: locator(mode, value),
});
const ruleset = (more: object) => ({
	resource: 'ruleset',
	operation: 'get',
	zone: locator('id', com),
	...more,
});
const byId = (id: unknown) => ({ rulesetFrom: 'ruleset', ruleset: locator('id', id) });
const rules = (more: object) => ({
	resource: 'rulesetRule',
	operation: 'getAll',
	zone: locator('id', com),
	...more,
});
const zones = (more: object) => ({ resource: 'zone', operation: 'getAll', ...more });
const ofAccount = { scope: 'account', account: mainAccount };
const DOMAIN = 'A domain name such as example.com';

const ids: BadInput[] = [
	[
		'a domain as zone ID',
		zone('example.com'),
		'Zone:',
		'which looks like a domain name: choose By Name',
	],
	['an address as zone ID', zone('https://example.com/'), 'Zone:', 'which is a URL'],
	['a short zone ID', zone('abc123'), 'Zone:', 'with 6 characters'],
	['a UUID as zone ID', zone('f174be97-19b1-40d6-954d-70cd5fbd52db'), 'Zone:', 'looks like a UUID'],
	['a path as zone ID', zone('../accounts'), 'Zone:', ID_EXPECTED],
	['a number as zone ID', zone('={{ 42 }}'), 'Zone:', 'A text'],
	['no zone ID', zone(''), 'Zone:', 'By ID was chosen, and the value is empty'],
	['blanks as zone ID', zone('={{ "   " }}'), 'Zone:', 'By ID was chosen, and the value is empty'],
	['an expression without a value', zone('={{ $json.nothing }}'), 'Zone:', 'the value is empty'],
	['no zone name', zone('', 'name'), 'Zone:', 'By Name was chosen, and the value is empty'],
	['no zone at all', zone('', 'list'), 'Zone: nothing was chosen', 'A zone chosen here'],
	['a domain in the list', zone('example.com', 'list'), 'Zone:', ID_EXPECTED],
	['a name without a dot', zone('example', 'name'), 'Zone:', DOMAIN],
	['an IP address as name', zone('192.0.2.1', 'name'), 'Zone:', DOMAIN],
	['an e-mail address as name', zone('bob@example.com', 'name'), 'Zone:', DOMAIN],
	['blanks inside a name', zone('exam ple.com', 'name'), 'Zone:', DOMAIN],
	['an operator as name', zone('contains:example', 'name'), 'Zone:', DOMAIN],
	[
		'a malformed account',
		{ ...ruleset(ofAccount), account: locator('id', 'x') },
		'Account:',
		ID_EXPECTED,
	],
	['a domain as ruleset', ruleset(byId('example.com')), 'Ruleset:', ID_EXPECTED],
	['no ruleset', ruleset(byId('')), 'Ruleset:', 'By ID was chosen, and the value is empty'],
	[
		'no ruleset to execute',
		blockRule({ ruleAction: 'execute' }),
		'Ruleset to Execute:',
		ID_EXPECTED,
	],
	[
		'a malformed ruleset to execute',
		blockRule({ ruleAction: 'execute', executeRuleset: locator('id', 'x') }),
		'Ruleset to Execute:',
		ID_EXPECTED,
	],
];

const choices: BadInput[] = [
	[
		'an unknown phase',
		ruleset({ phase: '={{ "http_nonsense" }}' }),
		'Phase:',
		'One of: http_request_firewall_custom',
	],
	['no phase', ruleset({ phase: '={{ "" }}' }), 'Phase:', 'One of:'],
	[
		'a phase of accounts only, for a zone',
		ruleset({ phase: '={{ "ddos_l4" }}' }),
		'Phase:',
		'One of:',
	],
	[
		'a phase of zones only, for an account',
		ruleset({ ...ofAccount, phase: '={{ "http_request_origin" }}' }),
		'Phase:',
		'One of:',
	],
	['an unknown scope', ruleset({ scope: 'everything' }), 'Scope:', 'One of: zone, account'],
	['an unknown way to choose', ruleset({ rulesetFrom: 'x' }), 'Ruleset From:', 'phase, ruleset'],
	['an unknown action', blockRule({ ruleAction: '={{ "explode" }}' }), 'Action:', 'One of: block'],
	['a legacy action', blockRule({ ruleAction: '={{ "allow" }}' }), 'Action:', 'One of: block'],
	['__proto__ as action', blockRule({ ruleAction: '={{ "__proto__" }}' }), 'Action:', 'One of:'],
	['rewrite for a zone', blockRule({ ruleAction: '={{ "rewrite" }}' }), 'Action:', 'One of: block'],
	[
		'an unknown kind',
		{ ...rules({}), resource: 'ruleset', filters: { kind: 'x' } },
		'Kind:',
		'custom, managed, root, zone',
	],
	['an unknown zone status', zones({ filters: { status: 'x' } }), 'Status:', 'One of: active'],
	['an unknown zone type', zones({ filters: { type: ['full', 'x'] } }), 'Type:', 'One of: full'],
	[
		'an unknown operator',
		zones({ filters: { name: 'a', nameOperator: 'x' } }),
		'Name Operator:',
		'One of: contains',
	],
	[
		'an empty filter',
		zones({ filters: { name: '={{ $json.nothing }}' } }),
		'Name:',
		'A text; or remove this filter',
	],
	[
		'a filter that is too long',
		zones({ filters: { name: 'a'.repeat(254) } }),
		'Name:',
		'At most 253 characters',
	],
	[
		'an empty filter of rules',
		rules({ filters: { ref: '' } }),
		'Ref:',
		'A text; or remove this filter',
	],
	['a number as filter of rules', rules({ filters: { action: '={{ 5 }}' } }), 'Action:', 'A text'],
	[
		'Enabled neither way as filter',
		rules({ filters: { enabled: '={{ "x" }}' } }),
		'Enabled:',
		'true or false',
	],
	[
		'Enabled neither way',
		blockRule({ additionalFields: { enabled: '={{ null }}' } }),
		'Enabled:',
		'true or false',
	],
	['blanks as ref', blockRule({ additionalFields: { ref: '  ' } }), 'Ref:', 'A text'],
	[
		'an object as description',
		blockRule({ additionalFields: { description: '={{ {} }}' } }),
		'Description:',
		'A text',
	],
];

refuses('Bad input: IDs and names', cf, ids);
refuses('Bad input: choices, filters and switches', cf, choices);

describe('Bad input: what belongs elsewhere', () => {
	test.each([
		['zone', zone(seedIds.mainAccount), 'Zone:', 'which is the account ID of the credential'],
		[
			'account',
			{ ...ruleset(ofAccount), account: locator('id', com) },
			'Account:',
			'which is the zone ID of the credential',
		],
		['ruleset', ruleset(byId(com)), 'Ruleset:', 'which is the zone ID of the credential'],
	])('the ID of something else as %s', async (_what, parameters, field, words) => {
		const credentials = tokenCredential({ accountId: seedIds.mainAccount, zoneId: com });
		const { error } = await runNode({ parameters, credentials });
		expect(error?.message).toContain(field);
		expect(error?.message).toContain(words);
		expect(callLines(cf)).toEqual([]);
	});

	test.each([
		['__proto__', 'get', '"__proto__"'],
		['constructor', 'get', '"constructor"'],
		['hasOwnProperty', 'valueOf', '"hasOwnProperty"'],
		['zone', '__proto__', '"zone": "__proto__"'],
		['zone', 'constructor', '"zone": "constructor"'],
		['zone', 'toString', '"zone": "toString"'],
		['zone', 'create', '"zone": "create"'],
	])('resource %s, operation %s', async (resource, operation, named) => {
		const { error } = await runNode({ parameters: { resource, operation } });
		expect(error?.message).toBe(`Operation: there is no ${named}`);
		expect(error?.description).toContain('Expected: A resource and one of its operations');
		expect(callLines(cf)).toEqual([]);
	});
});
