import {
	filtersOf,
	output,
	refusal,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare({ accounts: 118 });

const getAll = { authentication: 'token', resource: 'account', operation: 'getAll' };
const all = { ...getAll, returnAll: true };

describe('Account: Get Many', () => {
	test('Return All gives each account once, with no page too many', async () => {
		const accounts = await output(all);
		expect(accounts).toHaveLength(120);
		expect(new Set(accounts.map(({ id }) => id)).size).toBe(120);
		expect(accounts[0]).toEqual(cf.state.accounts.get(seedIds.mainAccount));
		expect(cf.calls.map(({ query }) => Object.fromEntries(query))).toEqual(
			['1', '2', '3'].map((page) => ({ page, per_page: '50' })),
		);
		console.log(`account:getAll, 120 accounts: ${cf.calls.length} calls`);
	});

	test.each([
		[1, 1, '5'],
		[50, 1, '50'],
		[51, 2, '50'],
		[500, 3, '50'],
	])('Limit %i takes %i pages of %s', async (limit, pages, size) => {
		expect(await output({ ...getAll, limit })).toHaveLength(Math.min(limit, 120));
		expect(cf.calls).toHaveLength(pages);
		expect(Object.fromEntries(cf.calls[0].query)).toMatchObject({ per_page: size });
	});

	test('filter and direction go out as the SDK sends them', async () => {
		const filters = { name: 'Example Corp' };
		const found = await output({ ...all, filters, options: { direction: 'desc' } });
		expect(found.map(({ id }) => id)).toEqual([seedIds.mainAccount]);
		expect(comparable(cf.calls[0])).toMatchObject(
			await sdkRequest((client) =>
				client.accounts.list({ name: 'Example Corp', direction: 'desc' }),
			),
		);
	});

	test('nothing found is no item and no error', async () => {
		const result = await runNode({ parameters: { ...all, filters: { name: 'Nobody' } } });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
	});

	test('links each account to the item that asked for it', async () => {
		const names = ['Example Corp', 'Nobody', 'Example Corp'];
		const result = await runNode({
			parameters: { ...all, filters: { name: '={{ $json.name }}' } },
			items: names.map((name) => ({ name })),
		});
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(cf.calls.map(filtersOf)).toEqual(names.map((name) => ({ name })));
	});

	test.each<[what: string, parameters: object, message: string]>([
		['a limit of 0', { limit: 0 }, 'Limit'],
		['an empty name', { filters: { name: '={{ $json.none }}' } }, 'Name: got nothing'],
		['another direction', { options: { direction: '={{ "up" }}' } }, 'Direction: got "up"'],
	])('%s is refused before any request', async (_what, parameters, message) => {
		expect(await refusal({ ...getAll, ...parameters })).toContain(message);
		expect(cf.calls).toEqual([]);
	});

	test('an account-owned token sees its account', async () => {
		const credentials = tokenCredential({ apiToken: sandboxCredentials.accountToken });
		const accounts = await output(all, { credentials });
		expect(accounts.map(({ id }) => id)).toEqual([seedIds.mainAccount]);
	});
});
