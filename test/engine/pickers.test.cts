import type { Fault } from '../../sandbox/cloudflare/index.cjs';
import {
	filtersOf,
	locator,
	mainAccount,
	runListSearch,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { addRulesets, rulesOf } from '../support/rulesets.cjs';

const cf = useCloudflare({ zones: 137, accounts: 70 });

const { rulesets, zones } = seedIds;
const com = zones['example.com'];
const ofZone = { scope: 'zone', zone: locator('id', com) };
const ofAccount = { scope: 'account', account: mainAccount };

/** Scrolls through the whole list, as a person does. */
async function scroll(method: string, filter?: string) {
	const pages = [];
	let paginationToken: string | undefined;
	do {
		const page = await runListSearch(method, { filter, paginationToken });
		pages.push(page.results);
		paginationToken = page.paginationToken as string | undefined;
	} while (paginationToken !== undefined && pages.length < 20);
	return pages;
}

describe('The list of zones', () => {
	test('shows all zones page by page, each once and in order', async () => {
		const pages = await scroll('searchZones');
		expect(pages.map((page) => page.length)).toEqual([50, 50, 39]);
		const all = pages.flat();
		expect(new Set(all.map(({ value }) => value)).size).toBe(139);
		const names = all.map(({ name }) => name);
		expect(names).toEqual([...names].sort());
		expect(cf.calls).toHaveLength(3);
	});

	test('names account, plan and address of each', async () => {
		const { results } = await runListSearch('searchZones', { filter: 'example.com' });
		expect(results).toEqual([
			{
				name: 'example.com',
				value: com,
				description: 'Example Corp · Pro Website',
				url: `https://dash.cloudflare.com/${seedIds.mainAccount}/example.com`,
			},
		]);
	});

	test.each([
		['store-0', 99, 'contains:store-0'],
		['  STORE-01 ', 10, 'contains:store-01'],
	])('the API filters by %j', async (filter, found, wire) => {
		const all = (await scroll('searchZones', filter)).flat();
		expect(all).toHaveLength(found);
		expect(new Set(all.map(({ value }) => value)).size).toBe(found);
		for (const call of cf.calls) expect(filtersOf(call)).toMatchObject({ name: wire });
		expect(cf.calls).toHaveLength(Math.ceil(found / 50));
	});

	test('a part of an ID finds the zone too', async () => {
		const { results, paginationToken } = await runListSearch('searchZones', {
			filter: com.slice(3, 20).toUpperCase(),
		});
		expect(results.map(({ name }) => name)).toEqual(['example.com']);
		expect(paginationToken).toBeUndefined();
	});

	const empty = { page: 1, per_page: 50, count: 0, total_count: 0, total_pages: 0 };
	const nothing = { success: true, errors: [], messages: [], result: [], result_info: empty };
	const errors = [{ code: 1001, message: 'Invalid name filter' }];
	test.each<[what: string, fault: Fault]>([
		['takes contains: for a name', { kind: 'body', body: JSON.stringify(nothing) }],
		['refuses contains:', { kind: 'status', status: 400, errors }],
	])('finds a part of a name also if the API %s', async (_what, fault) => {
		cf.faults.add({ ...fault, match: { path: '/zones', nth: 1 } });
		const { results } = await runListSearch('searchZones', { filter: 'store-12' });
		expect(results).toHaveLength(10);
	});

	test('nothing found is an empty list', async () => {
		expect((await runListSearch('searchZones', { filter: 'no such zone' })).results).toEqual([]);
	});

	test('a token for one zone shows that one', async () => {
		const credentials = tokenCredential({ apiToken: sandboxCredentials.zoneOnlyToken });
		const { results } = await runListSearch('searchZones', { credentials });
		expect(results.map(({ name }) => name)).toEqual(['example.com']);
	});
});

describe('The list of accounts', () => {
	test('shows all accounts over all pages, each once', async () => {
		const { results, paginationToken } = await runListSearch('searchAccounts');
		expect(new Set(results.map(({ value }) => value)).size).toBe(72);
		expect(results).toHaveLength(72);
		expect(paginationToken).toBeUndefined();
		expect(cf.calls).toHaveLength(2);
		expect(results[0]).toEqual({
			name: 'Example Corp',
			value: seedIds.mainAccount,
			url: `https://dash.cloudflare.com/${seedIds.mainAccount}`,
		});
	});

	test.each([
		['CORP', ['Example Corp']],
		['customer 00', Array.from({ length: 9 }, (_, index) => `Customer 00${index + 1}`)],
		[seedIds.secondAccount.slice(5, 20), ['Example Branch Office']],
		['nobody', []],
	])('filter %s', async (filter, names) => {
		const { results } = await runListSearch('searchAccounts', { filter });
		expect(results.map(({ name }) => name)).toEqual(names);
	});
});

describe('The list of rulesets', () => {
	test('of a zone', async () => {
		const { results } = await runListSearch('searchRulesets', { parameters: ofZone });
		expect(results).toContainEqual({
			name: 'default (zone, http_request_firewall_custom)',
			value: rulesets.exampleComCustom,
		});
		expect(results).toHaveLength(4);
	});

	test('of a zone by name', async () => {
		const parameters = { scope: 'zone', zone: locator('name', 'example.com') };
		const { results } = await runListSearch('searchRulesets', { parameters });
		expect(results).toHaveLength(4);
	});

	test.each(['cursor', 'cursors.after'] as const)(
		'of an account, over all pages, cursor in %s',
		async (place) => {
			addRulesets(cf, 120);
			cf.state.cursorPlace = place;
			const { results } = await runListSearch('searchRulesets', { parameters: ofAccount });
			expect(new Set(results.map(({ value }) => value)).size).toBe(124);
			expect(cf.calls).toHaveLength(3);
		},
	);

	test.each([
		['company', [rulesets.accountCustom]],
		['ROOT', [rulesets.accountRoot]],
		[rulesets.owaspCore.slice(0, 8), [rulesets.owaspCore]],
		['nothing', []],
	])('filter %s', async (filter, values) => {
		const { results } = await runListSearch('searchRulesets', { parameters: ofAccount, filter });
		expect(results.map(({ value }) => value)).toEqual(values);
	});
});

describe('The list of rules', () => {
	test.each([
		['of the custom rules of a zone', { ...ofZone, rulesetFrom: 'phase' }],
		['when the form still has its defaults', { zone: locator('id', com) }],
		[
			'of a ruleset by ID',
			{ ...ofZone, rulesetFrom: 'ruleset', ruleset: locator('id', rulesets.exampleComCustom) },
		],
	])('%s', async (_what, parameters) => {
		const { results } = await runListSearch('searchRules', { parameters });
		const ids = rulesOf(cf, com).map(({ id }) => id);
		expect(results).toEqual([
			{ name: '1. Let the office through (skip)', value: ids[0] },
			{ name: '2. Challenge log-in attempts (managed_challenge)', value: ids[1] },
			{ name: '3. Block scanners (block)', value: ids[2] },
		]);
	});

	test('filters, and keeps the numbers', async () => {
		const { results } = await runListSearch('searchRules', { parameters: ofZone, filter: 'SCAN' });
		expect(results.map(({ name }) => name)).toEqual(['3. Block scanners (block)']);
	});

	test('a phase without rules is an empty list', async () => {
		const parameters = { ...ofZone, zone: locator('id', zones['example.net']) };
		expect((await runListSearch('searchRules', { parameters })).results).toEqual([]);
	});

	test('of an account', async () => {
		const { results } = await runListSearch('searchRules', { parameters: ofAccount });
		expect(results.map(({ name }) => name)).toEqual(['1. Deploy the company-wide rules (execute)']);
	});
});

describe('What a list says when it cannot be filled', () => {
	test.each(['searchRulesets', 'searchRules'])('%s: no zone is chosen yet', async (method) => {
		const parameters = { scope: 'zone', zone: locator('list', '') };
		await expect(runListSearch(method, { parameters })).rejects.toMatchObject({
			message: 'Zone: nothing was chosen',
			description: expect.stringContaining('A zone chosen here') as string,
		});
		expect(cf.calls).toEqual([]);
	});

	test('no ruleset is chosen yet', async () => {
		const parameters = { ...ofZone, rulesetFrom: 'ruleset', ruleset: locator('list', '') };
		await expect(runListSearch('searchRules', { parameters })).rejects.toThrow('Ruleset: got');
	});

	test('several accounts could be meant', async () => {
		const parameters = { scope: 'account', account: locator('list', '') };
		await expect(runListSearch('searchRulesets', { parameters })).rejects.toThrow(
			'reaches several accounts',
		);
	});

	test.each(['searchZones', 'searchAccounts', 'searchRulesets', 'searchRules'])(
		'%s: the token is invalid',
		async (method) => {
			const credentials = tokenCredential({ apiToken: 'x'.repeat(40) });
			const parameters = method === 'searchZones' ? {} : ofZone;
			await expect(runListSearch(method, { credentials, parameters })).rejects.toMatchObject({
				message: expect.stringMatching(/^Cloudflare (?:did not accept|refused)/) as string,
				description: expect.stringMatching(/token/) as string,
			});
			expect(cf.calls).toHaveLength(1);
		},
	);

	test('the token field holds something else', async () => {
		const credentials = tokenCredential({ apiToken: 'c2547eb745079dac9320b638f5e225cf483cc' });
		await expect(runListSearch('searchZones', { credentials })).rejects.toMatchObject({
			description: expect.stringContaining('typically a Global API key') as string,
		});
	});
});
