import {
	exampleCom,
	locator,
	mainAccount,
	output,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { rulesOf, setRules, storedRuleset } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
const getAll = { authentication: 'token', resource: 'rulesetRule', operation: 'getAll' };
const ofZone = { ...getAll, zone: locator('id', zones['example.com']) };

describe('Ruleset Rule: Get Many', () => {
	test('gives the rules in the order in which they run, numbered', async () => {
		const stored = rulesOf(cf, zones['example.com']);
		expect(await output(ofZone)).toEqual(
			stored.map(({ id, ref, description, action, expression, enabled, last_updated }, index) => ({
				id,
				position: index + 1,
				description,
				action,
				expression,
				enabled,
				ref,
				last_updated,
				ruleset_id: rulesets.exampleComCustom,
				phase: 'http_request_firewall_custom',
			})),
		);
		expect(cf.calls).toHaveLength(1);
	});

	test('shows everything on wish', async () => {
		const { id, name, kind, phase, version, rules } = storedRuleset(cf, rulesets.exampleComCustom);
		expect(await output({ ...ofZone, simplify: false })).toEqual(
			rules.map((rule, index) => ({
				...rule,
				position: index + 1,
				ruleset: { id, name, kind, phase, version },
			})),
		);
	});

	test.each<[what: string, parameters: object, actions: string[]]>([
		['the account', { scope: 'account', account: mainAccount }, ['execute']],
		[
			'a ruleset by ID',
			{
				scope: 'account',
				account: mainAccount,
				rulesetFrom: 'ruleset',
				ruleset: locator('id', rulesets.accountCustom),
			},
			['block'],
		],
		[
			'another phase',
			{ zone: locator('name', 'example.org'), phase: 'http_request_firewall_managed' },
			['execute'],
		],
		[
			'a managed ruleset, whose rules have no expressions',
			{
				scope: 'account',
				account: mainAccount,
				rulesetFrom: 'ruleset',
				ruleset: locator('id', rulesets.cloudflareManaged),
			},
			['block', 'block'],
		],
	])('reads %s', async (_what, parameters, actions) => {
		const found = await output({ ...getAll, ...parameters });
		expect(found.map(({ action }) => action)).toEqual(actions);
	});

	test.each<[filters: object, positions: number[]]>([
		[{ action: 'block' }, [3]],
		[{ action: 'Block' }, []],
		[{ description: 'LOG-IN' }, [2]],
		[{ expression: 'WP-LOGIN' }, [2]],
		[{ expression: '"/wp-login.php"' }, [2]],
		[{ ref: 'block_scanners' }, [3]],
		[{ ref: 'block' }, []],
		[{ enabled: true }, [1, 2, 3]],
		[{ enabled: false }, []],
		[{ action: 'skip', description: 'scanners' }, []],
	])('filter %j finds the numbers %j', async (filters, positions) => {
		const found = await output({ ...ofZone, filters });
		expect(found.map(({ position }) => position)).toEqual(positions);
	});

	test('filters for rules that are switched off, also from an expression', async () => {
		const off = rulesOf(cf, zones['example.com']).map((rule, index) => ({
			...rule,
			enabled: index !== 1,
		}));
		setRules(cf, rulesets.exampleComCustom, off);
		for (const enabled of [false, '={{ false }}', '={{ "false" }}']) {
			const found = await output({ ...ofZone, filters: { enabled } });
			expect(found.map(({ position }) => position)).toEqual([2]);
		}
	});

	test('a filter on expressions leaves out managed rules, which have none', async () => {
		const found = await output({
			...getAll,
			scope: 'account',
			account: mainAccount,
			rulesetFrom: 'ruleset',
			ruleset: locator('id', rulesets.cloudflareManaged),
			filters: { expression: 'a' },
		});
		expect(found).toEqual([]);
	});

	test.each([
		[{ limit: 1 }, [1]],
		[{ limit: 2 }, [1, 2]],
		[{ limit: 3 }, [1, 2, 3]],
		[{ limit: 99 }, [1, 2, 3]],
		[{ returnAll: true, limit: 1 }, [1, 2, 3]],
		[{ limit: 1, filters: { action: 'block' } }, [3]],
	])('%j', async (parameters, positions) => {
		const found = await output({ ...ofZone, ...parameters });
		expect(found.map(({ position }) => position)).toEqual(positions);
	});

	test('a phase without an entry point is no item and no error', async () => {
		const result = await runNode({
			parameters: { ...getAll, zone: locator('name', 'example.net') },
		});
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
	});

	test('a ruleset that does not exist is an error', async () => {
		const result = await runNode({
			parameters: { ...ofZone, rulesetFrom: 'ruleset', ruleset: locator('id', '0'.repeat(32)) },
		});
		expect(result.error?.message).toContain('Cloudflare has nothing under this ID or name');
	});

	test('links the rules to the items', async () => {
		const result = await runNode({
			parameters: { ...getAll, zone: exampleCom, limit: '={{ $json.limit }}' },
			items: [{ limit: 1 }, { limit: 2 }],
		});
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});
});
