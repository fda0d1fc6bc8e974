import type Cloudflare from 'cloudflare';
import type { AccessRuleListParams } from 'cloudflare/resources/firewall/access-rules';
import type { ItemCreateParams, ItemListParams } from 'cloudflare/resources/rules/lists/items';
import type { BlockRuleParam } from 'cloudflare/resources/rulesets/rules';
import {
	account,
	attempt,
	exampleCom,
	phase,
	zoneNamed,
	type SdkCalls,
	type SdkJobs,
} from './helpers.cjs';

type Zone = { zone_id: string };
type Scope = Zone | { account_id: string };
type Items = ItemCreateParams.ListsListItemIPComment[];

/** The ID of the list with that name, or undefined. */
async function listNamed(sdk: Cloudflare, name: string): Promise<string | undefined> {
	const { result } = await sdk.rules.lists.list(account);
	return result.find((list) => list.name === name)?.id;
}
async function idOf(sdk: Cloudflare, name: string): Promise<string> {
	const id = await listNamed(sdk, name);
	if (id === undefined) throw new Error(`There is no list ${name}`);
	return id;
}
const itemsOf = async (sdk: Cloudflare, list: string, more: Partial<ItemListParams> = {}) =>
	(await sdk.rules.lists.items.list(list, { ...account, ...more, per_page: 500 })).result;

async function finished(sdk: Cloudflare, { operation_id }: { operation_id: string }) {
	for (;;) {
		const { status } = await sdk.rules.lists.bulkOperations.get(operation_id, account);
		if (status === 'completed' || status === 'failed') return;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
const added = async (sdk: Cloudflare, list: string, body: Items) =>
	await finished(sdk, await sdk.rules.lists.items.create(list, { ...account, body }));

/** Deletes the items with these addresses among those that are given, and waits until they are gone. */
async function removed(
	sdk: Cloudflare,
	list: string,
	found: Awaited<ReturnType<typeof itemsOf>>,
	addresses: readonly string[],
) {
	const items = addresses.map((address) => {
		const item = found.find((each) => 'ip' in each && each.ip === address);
		return { id: item?.id ?? '' };
	});
	await finished(sdk, await sdk.rules.lists.items.delete(list, { ...account, items }));
}

const addItems = (body: Items): SdkCalls => {
	return async (sdk) => {
		const list = await idOf(sdk, 'blocklist');
		await itemsOf(sdk, list);
		await added(sdk, list, body);
		await itemsOf(sdk, list);
	};
};

const lists: SdkJobs = {
	'ipList:getAll (all)': async (sdk) => await sdk.rules.lists.list(account),
	'ipList:get (by name)': async (sdk) => await idOf(sdk, 'office_network'),
	'ipList:getItems (all)': async (sdk) => await itemsOf(sdk, await idOf(sdk, 'office_network')),
	'ipList:create (new)': async (sdk) => {
		if ((await listNamed(sdk, 'case_42')) !== undefined) return;
		const list = { kind: 'ip', name: 'case_42', description: 'Case 42' } as const;
		await sdk.rules.lists.create({ ...account, ...list });
	},
	'ipList:delete (empty)': async (sdk) =>
		await sdk.rules.lists.delete(await idOf(sdk, 'blocklist'), account),
	'ipList:delete (with its items)': async (sdk) => {
		const list = await idOf(sdk, 'blocklist');
		await itemsOf(sdk, list);
		await sdk.rules.lists.delete(list, account);
	},
	'ipList:addItems (new)': addItems([
		{ ip: '45.1.2.3', comment: 'Case 42' },
		{ ip: '2a01:4f8:1:2::3', comment: 'Case 42' },
	]),
	'ipList:addItems (beside others)': addItems([{ ip: '2a01:4f8:1:2::3' }]),
	'ipList:removeItems (one of two)': async (sdk) => {
		const list = await idOf(sdk, 'blocklist');
		const search = { search: '45.1.2.3' };
		await removed(sdk, list, await itemsOf(sdk, list, search), ['45.1.2.3']);
		await itemsOf(sdk, list, search);
	},
};

const BLOCKLIST = 'n8n_blocklist';
const blockRule: BlockRuleParam = {
	action: 'block',
	description: `Blocks the addresses in the list ${BLOCKLIST} (n8n)`,
	enabled: true,
	expression: `ip.src in $${BLOCKLIST}`,
	ref: `n8n-block-${BLOCKLIST}`,
};
const comment = '[n8n-block; until 2099-01-01T00:00:00Z; by Test workflow] Case 42';
const networks = ['45.1.2.3', '2a01:4f8:1:2::/64'];
const blockedItems: Items = networks.map((ip) => ({ ip, comment }));

async function blocklist(sdk: Cloudflare): Promise<string> {
	const found = await listNamed(sdk, BLOCKLIST);
	if (found !== undefined) return found;
	const description = 'Addresses that n8n blocks. Their comments say until when.';
	return (await sdk.rules.lists.create({ ...account, name: BLOCKLIST, kind: 'ip', description }))
		.id;
}

const entryPoint = async (sdk: Cloudflare, zone: Zone) =>
	await attempt(sdk.rulesets.phases.get(phase, zone));
const hasRule = (ruleset: Awaited<ReturnType<typeof entryPoint>>) =>
	ruleset?.rules.some(({ ref }) => ref === blockRule.ref) ?? false;

/** Looks again right before it writes: another run may have made the rule meanwhile. */
async function ruleIn(sdk: Cloudflare, zones: readonly Zone[]) {
	const first = await Promise.all(zones.map(async (zone) => await entryPoint(sdk, zone)));
	if (first.every(hasRule)) return;
	const again = await Promise.all(zones.map(async (zone) => await entryPoint(sdk, zone)));
	for (const [index, ruleset] of again.entries()) {
		const zone = zones[index];
		if (ruleset) {
			const position = { before: '' };
			await sdk.rulesets.rules.create(ruleset.id, { ...zone, ...blockRule, position });
		} else {
			const rules = [blockRule];
			await sdk.rulesets.create({ ...zone, name: 'default', kind: 'zone', phase, rules });
		}
	}
}

const accessRulesOf = async (sdk: Cloudflare, params: AccessRuleListParams) =>
	(await sdk.firewall.accessRules.list({ ...params, page: 1, per_page: 100 })).result;
/** What lets an address in although it is blocked. */
const allowed = async (sdk: Cloudflare, scope: Scope) =>
	await accessRulesOf(sdk, { ...scope, mode: 'whitelist', match: 'all' });

const blockInList =
	(names: readonly string[], items = blockedItems): SdkCalls =>
	async (sdk) => {
		await sdk.ips.list();
		const zones: Zone[] = [];
		for (const name of names) zones.push(await zoneNamed(sdk, name));
		const list = await blocklist(sdk);
		await ruleIn(sdk, zones);
		// One address is looked up rather than the whole list read.
		const search = items.length === 1 ? { search: items[0].ip } : {};
		await itemsOf(sdk, list, search);
		await added(sdk, list, items);
		await itemsOf(sdk, list, search);
		await Promise.all(zones.map(async (zone) => await allowed(sdk, zone)));
	};

const asWritten = [
	{ target: 'ip', value: '45.1.2.3' },
	{ target: 'ip_range', value: '2a01:4f8:1:2::/64' },
] as const;
/** As the API keeps IPv6. */
const asKept = [
	asWritten[0],
	{ target: 'ip_range', value: '2a01:04f8:0001:0002:0000:0000:0000:0000/64' },
] as const;
const blocks = { mode: 'block', notes: comment } as const;

const blockByRules = async (sdk: Cloudflare, scope: Scope) => {
	const { accessRules } = sdk.firewall;
	for (const configuration of asWritten)
		await attempt(accessRules.create({ ...scope, ...blocks, configuration }));
};
const readBack = async (sdk: Cloudflare, zone: Zone) =>
	await Promise.all(
		asKept.map(async (configuration) =>
			accessRulesOf(sdk, { ...zone, configuration, match: 'all' }),
		),
	);

const find = async (sdk: Cloudflare, zones: readonly Zone[]) => {
	const { result } = await sdk.rules.lists.list(account);
	for (const zone of zones) {
		await accessRulesOf(sdk, zone);
		await entryPoint(sdk, zone);
	}
	for (const { id } of result) await itemsOf(sdk, id);
};
const expired = [networks[0]];

const ipBlocks: SdkJobs = {
	'ipBlock:block (list: nothing there)': blockInList(['example.net']),
	'ipBlock:block (list: beside items of others)': blockInList(['example.com']),
	'ipBlock:block (list: extended)': blockInList(['example.com']),
	'ipBlock:block (list: one refused)': blockInList(['example.com'], blockedItems.slice(0, 1)),
	'ipBlock:block (list: two zones)': blockInList(['example.com', 'example.net']),
	'ipBlock:block (access rule: new)': async (sdk) => {
		await sdk.ips.list();
		const zone = await exampleCom(sdk);
		await blockByRules(sdk, zone);
		await allowed(sdk, zone);
	},
	'ipBlock:block (access rule: extended)': async (sdk) => {
		await sdk.ips.list();
		const zone = await exampleCom(sdk);
		await blockByRules(sdk, zone);
		for (const [index, [{ id }]] of (await readBack(sdk, zone)).entries())
			await sdk.firewall.accessRules.edit(id, { ...zone, ...blocks, configuration: asKept[index] });
		await readBack(sdk, zone);
		await allowed(sdk, zone);
	},
	'ipBlock:block (access rule: the account)': async (sdk) => {
		await sdk.ips.list();
		await blockByRules(sdk, account);
		await allowed(sdk, account);
	},
	'ipBlock:find (blocked by a list)': async (sdk) => await find(sdk, [await exampleCom(sdk)]),
	'ipBlock:find (blocked by access rules)': async (sdk) => await find(sdk, [await exampleCom(sdk)]),
	'ipBlock:find (in two zones)': async (sdk) =>
		await find(sdk, [await exampleCom(sdk), await zoneNamed(sdk, 'example.net')]),
	'ipBlock:unblock (list)': async (sdk) => {
		const zone = await exampleCom(sdk);
		const list = await idOf(sdk, BLOCKLIST);
		const items = await itemsOf(sdk, list);
		const { result } = await sdk.rules.lists.list(account);
		await accessRulesOf(sdk, zone);
		await entryPoint(sdk, zone);
		for (const { id } of result) if (id !== list) await itemsOf(sdk, id);
		await itemsOf(sdk, list);
		await removed(sdk, list, items, networks);
		await itemsOf(sdk, list);
	},
	'ipBlock:unblock (access rule)': async (sdk) => {
		const zone = await exampleCom(sdk);
		const rules = await accessRulesOf(sdk, zone);
		const { result } = await sdk.rules.lists.list(account);
		await entryPoint(sdk, zone);
		for (const { id } of result) await itemsOf(sdk, id);
		for (const { id } of rules) await sdk.firewall.accessRules.get(id, zone);
		for (const { id } of rules) await sdk.firewall.accessRules.delete(id, zone);
		await accessRulesOf(sdk, zone);
	},
	'ipBlock:removeExpired (list)': async (sdk) => {
		const list = await idOf(sdk, BLOCKLIST);
		await itemsOf(sdk, list);
		const search = { search: expired[0] };
		await removed(sdk, list, await itemsOf(sdk, list, search), expired);
		await itemsOf(sdk, list, search);
	},
	'ipBlock:removeExpired (access rule)': async (sdk) => {
		const zone = await exampleCom(sdk);
		const [{ id }] = await accessRulesOf(sdk, {
			...zone,
			mode: 'block',
			notes: '[n8n-block;',
			match: 'all',
		});
		await sdk.firewall.accessRules.get(id, zone);
		await sdk.firewall.accessRules.delete(id, zone);
	},
};

export const blockingJobs: SdkJobs = { ...lists, ...ipBlocks };
