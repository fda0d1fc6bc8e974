import {
	callLines,
	exampleCom,
	locator,
	mainAccount,
	output,
	refusal,
	runNode,
	seedIds,
	tokenCredential,
	sandboxCredentials,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { addRulesets, CUSTOM, storedRuleset } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
const byId = (id: string) => ({ rulesetFrom: 'ruleset', ruleset: locator('id', id) });
const byPhase = (phase: string) => ({ rulesetFrom: 'phase', phase });
const ofZone = (id: string) => ({ scope: 'zone', zone: locator('id', id) });
const ofAccount = { scope: 'account', account: mainAccount };

describe('Ruleset: Get', () => {
	const get = { authentication: 'token', resource: 'ruleset', operation: 'get' };
	const com = ofZone(zones['example.com']);

	test.each<[what: string, parameters: object, id: string]>([
		["a zone's entry point by phase", { ...com, ...byPhase(CUSTOM) }, rulesets.exampleComCustom],
		[
			"a zone's ruleset by ID",
			{ ...com, ...byId(rulesets.exampleComCustom) },
			rulesets.exampleComCustom,
		],
		[
			'another phase',
			{ ...ofZone(zones['example.org']), ...byPhase('http_request_firewall_managed') },
			rulesets.exampleOrgManaged,
		],
		[
			"an account's entry point by phase",
			{ ...ofAccount, ...byPhase(CUSTOM) },
			rulesets.accountRoot,
		],
		[
			"an account's custom ruleset by ID",
			{ ...ofAccount, ...byId(rulesets.accountCustom) },
			rulesets.accountCustom,
		],
		['a managed ruleset by ID', { ...ofAccount, ...byId(rulesets.owaspCore) }, rulesets.owaspCore],
		[
			'by ID from the list',
			{ ...com, rulesetFrom: 'ruleset', ruleset: locator('list', rulesets.exampleComCustom) },
			rulesets.exampleComCustom,
		],
	])('%s', async (_what, parameters, id) => {
		expect(await output({ ...get, ...parameters })).toEqual([storedRuleset(cf, id)]);
		expect(cf.calls).toHaveLength(1);
	});

	test('the default is the custom rules of a zone', async () => {
		const [ruleset] = await output({ ...get, zone: locator('id', zones['example.com']) });
		expect(ruleset.id).toBe(rulesets.exampleComCustom);
	});

	test('items that name one zone share the look-up', async () => {
		const result = await runNode({ parameters: { ...get, zone: exampleCom }, items: [{}, {}, {}] });
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(cf.calls.filter(({ path }) => path === '/zones')).toHaveLength(1);
		expect(cf.calls).toHaveLength(4);
	});

	test.each([
		['zone', ofZone(zones['example.net'])],
		['account', { scope: 'account', account: locator('id', seedIds.secondAccount) }],
	])('a phase without rules at %s level is said in words', async (_level, scope) => {
		const text = await refusal({ ...get, ...scope, ...byPhase(CUSTOM) });
		expect(text).toContain('could not find entrypoint ruleset');
		expect(text).toContain('code 10003');
		expect(text).toContain('has no rules in this phase yet');
		expect(cf.calls).toHaveLength(1);
	});

	test('an unknown ID is said in words', async () => {
		const text = await refusal({ ...get, ...com, ...byId('0'.repeat(32)) });
		expect(text).toContain('Cloudflare has nothing under this ID or name');
		expect(text).toContain('Check the IDs');
	});

	test("takes the credential's account, and else the only one that it reaches", async () => {
		const parameters = {
			...get,
			scope: 'account',
			account: locator('list', ''),
			...byPhase(CUSTOM),
		};
		const named = tokenCredential({ accountId: seedIds.mainAccount });
		expect(await output(parameters, { credentials: named })).toHaveLength(1);
		expect(cf.calls).toHaveLength(1);

		const owned = tokenCredential({ apiToken: sandboxCredentials.accountToken });
		expect(await output(parameters, { credentials: owned })).toHaveLength(1);
		expect(callLines(cf).slice(1)).toEqual([
			'GET /accounts 200',
			`GET /accounts/${seedIds.mainAccount}/rulesets/phases/${CUSTOM}/entrypoint 200`,
		]);
	});

	test('lists the accounts when several could be meant', async () => {
		const text = await refusal({ ...get, scope: 'account', ...byPhase(CUSTOM) });
		expect(text).toContain('reaches several accounts');
		expect(text).toContain(`Example Corp (${seedIds.mainAccount})`);
		expect(callLines(cf)).toEqual(['GET /accounts 200']);
	});
});

describe('Ruleset: Get Many', () => {
	const getAll = { authentication: 'token', resource: 'ruleset', operation: 'getAll' };
	const all = { ...getAll, ...ofAccount, returnAll: true };

	test('a zone shows its own, the custom ones of the account and the managed ones, without rules', async () => {
		const found = await output({ ...getAll, zone: locator('id', zones['example.com']) });
		expect(found.map(({ id }) => id).sort()).toEqual(
			[
				rulesets.exampleComCustom,
				rulesets.accountCustom,
				rulesets.cloudflareManaged,
				rulesets.owaspCore,
			].sort(),
		);
		expect(found.some((ruleset) => 'rules' in ruleset)).toBe(false);
	});

	test.each(['cursor', 'cursors.after'] as const)(
		'walks all pages with the cursor in %s',
		async (place) => {
			addRulesets(cf, 120);
			cf.state.cursorPlace = place;
			const found = await output(all);
			expect(found).toHaveLength(124);
			expect(new Set(found.map(({ id }) => id)).size).toBe(124);
			expect(cf.calls).toHaveLength(3);
			for (const { query } of cf.calls) {
				expect(Object.fromEntries(query).per_page).toBe('50');
			}
		},
	);

	test.each<[filters: object, found: string[]]>([
		[{ kind: 'root' }, [rulesets.accountRoot]],
		[{ kind: 'custom' }, [rulesets.accountCustom]],
		[{ kind: 'managed' }, [rulesets.cloudflareManaged, rulesets.owaspCore]],
		[{ kind: 'zone' }, []],
		[{ phase: CUSTOM }, [rulesets.accountRoot, rulesets.accountCustom]],
		[{ phase: CUSTOM, kind: 'custom' }, [rulesets.accountCustom]],
		[{ phase: 'http_ratelimit' }, []],
	])('filter %j', async (filters, ids) => {
		const found = await output({ ...all, filters });
		expect(found.map(({ id }) => id)).toEqual(ids);
	});

	test.each([
		[1, 1, 1],
		[50, 50, 1],
		[51, 51, 2],
		[500, 124, 3],
	])('Limit %i gives %i in %i pages', async (limit, found, pages) => {
		addRulesets(cf, 120);
		expect(await output({ ...getAll, ...ofAccount, limit })).toHaveLength(found);
		expect(cf.calls).toHaveLength(pages);
	});

	test('a limit counts what the filters let through', async () => {
		addRulesets(cf, 120);
		const found = await output({
			...getAll,
			...ofAccount,
			limit: 2,
			filters: { phase: 'http_ratelimit' },
		});
		expect(found.map(({ name }) => name)).toEqual(['Set 1', 'Set 2']);
		expect(cf.calls).toHaveLength(1);
	});
});
