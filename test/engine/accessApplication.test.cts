import { refuses, type BadInput } from '../support/badInput.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';
import {
	callLines,
	jsonOf,
	locator,
	mainAccount,
	output,
	refusal,
	runListSearch,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const APPS = 1200;
const cf = useCloudflare({ accessApps: APPS });

const { accessApps } = seedIds;
const account = seedIds.mainAccount;
const com = seedIds.zones['example.com'];
const appsPath = `/accounts/${account}/access/apps`;
const base = {
	authentication: 'token',
	resource: 'accessApplication',
	scope: 'account',
	account: mainAccount,
};
const getAll = { ...base, operation: 'getAll' };
const all = { ...getAll, returnAll: true };
const get = { ...base, operation: 'get' };
const byId = (value: unknown) => ({ application: locator('id', value) });
const stored = (id: string) => cf.state.accessApps.value.find(({ app }) => app.id === id)!.app;
const names = (apps: Array<Record<string, unknown>>) => apps.map(({ name }) => name);

describe('Access Application: Get Many', () => {
	test('Return All gives each application once, with no page too many', async () => {
		const apps = await output(all);
		expect(new Set(apps.map(({ id }) => id)).size).toBe(APPS);
		expect(apps).toHaveLength(APPS);
		expect(cf.calls.map(({ path, query }) => [path, Object.fromEntries(query)])).toEqual(
			['1', '2'].map((page) => [appsPath, { page, per_page: '1000' }]),
		);
		console.log(`accessApplication:getAll, ${APPS} applications: ${cf.calls.length} calls`);
	});

	test.each([
		[1, 1, '1'],
		[50, 1, '50'],
		[1000, 1, '1000'],
		[1001, 2, '1000'],
		[5000, 2, '1000'],
	])('Limit %i takes %i pages of %s', async (limit, pages, size) => {
		expect(await output({ ...getAll, limit })).toHaveLength(Math.min(limit, APPS));
		expect(cf.calls).toHaveLength(pages);
		expect(Object.fromEntries(cf.calls[0].query)).toMatchObject({ per_page: size });
	});

	test('takes 50 when nothing is said', async () => {
		expect(await output(getAll)).toHaveLength(50);
	});

	test('of a zone', async () => {
		const apps = await output({ ...all, scope: 'zone', zone: locator('id', com) });
		expect(names(apps)).toEqual(['Staging Shop', 'Shop Manual', 'Shop Shell']);
		expect(callLines(cf)).toEqual([`GET /zones/${com}/access/apps 200`]);
	});

	test('nothing found is no item and no error', async () => {
		const result = await runNode({ parameters: { ...all, filters: { name: 'no such thing' } } });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(cf.calls).toHaveLength(1);
	});

	const aud = () => stored(accessApps.adminSite).aud;
	test.each<[filters: () => object, wire: () => object, found: string[]]>([
		[() => ({ name: 'Admin Site' }), () => ({ name: 'Admin Site' }), ['Admin Site']],
		[() => ({ name: ' status ' }), () => ({ name: 'status' }), ['Public Status']],
		[
			() => ({ name: 'Grafana', exact: true }),
			() => ({ name: 'Grafana', exact: true }),
			['Grafana'],
		],
		[() => ({ name: 'Graf', exact: true }), () => ({ name: 'Graf', exact: true }), []],
		[
			() => ({ name: 'Graf', exact: '={{ "false" }}' }),
			() => ({ name: 'Graf', exact: false }),
			['Grafana'],
		],
		[
			() => ({ domain: 'wiki.example.com' }),
			() => ({ domain: 'wiki.example.com' }),
			['Forgotten Wiki'],
		],
		[() => ({ aud: aud() }), () => ({ aud: aud() }), ['Admin Site']],
		[() => ({ aud: aud().toUpperCase() }), () => ({ aud: aud() }), ['Admin Site']],
		[() => ({ search: 'payroll' }), () => ({ search: 'payroll' }), ['Payroll']],
		[
			() => ({ targetAttributes: 'hostname=web-1' }),
			() => ({ target_attributes: 'hostname=web-1' }),
			['Production Servers'],
		],
	])('filter %# is sent as the SDK sends it', async (filters, wire, found) => {
		expect(names(await output({ ...all, filters: filters() }))).toEqual(found);
		const params = { account_id: account, ...wire() };
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((sdk) => sdk.zeroTrust.access.applications.list(params)),
		]);
	});

	test('filters by type itself, and the limit counts after that', async () => {
		const filters = { type: ['saas', 'ssh', 'infrastructure'] };
		const apps = await output({ ...all, filters });
		expect(names(apps)).toEqual(['Salesforce', 'GitLab', 'Bastion', 'Production Servers']);
		expect(new Set(apps.map(({ type }) => type))).toEqual(new Set(filters.type));
		expect(cf.calls.flatMap(({ query }) => query.map(([name]) => name))).not.toContain('type');
		expect(await output({ ...getAll, limit: 3, filters })).toHaveLength(3);
		expect(await output({ ...getAll, limit: 100, filters: { type: '={{ "VNC" }}' } })).toHaveLength(
			1,
		);
	});

	test('adds the policies that the applications carry, with no other call', async () => {
		const [app] = await output({
			...all,
			filters: { name: 'Admin Site' },
			includePolicies: true,
		});
		expect(cf.calls).toHaveLength(1);
		const { policies } = stored(accessApps.adminSite);
		expect(app.policies).toEqual(
			policies.map(({ id, name, decision, include, exclude, require }) => ({
				id,
				name,
				decision,
				include,
				exclude,
				require,
			})),
		);
	});

	test('fetches the policies of applications that come without them', async () => {
		const apps = [accessApps.adminSite, accessApps.partnerPortal, accessApps.forgottenWiki].map(
			(id) => ({ ...stored(id), policies: undefined }),
		);
		const body = JSON.stringify({ success: true, errors: [], messages: [], result: apps });
		cf.faults.add({ kind: 'body', status: 200, body, match: { path: appsPath } });
		const found = await output({ ...getAll, includePolicies: true, simplify: false });
		expect(found.map(({ policies }) => policies)).toEqual(
			apps.map(({ id }) => stored(id).policies),
		);
		expect(callLines(cf)).toEqual([
			`GET ${appsPath} 200`,
			...apps.map(({ id }) => `GET ${appsPath}/${id}/policies 200`),
		]);
		expect(comparable(cf.calls[1])).toEqual(
			await sdkRequest((sdk) =>
				sdk.zeroTrust.access.applications.policies.list(apps[0].id, { account_id: account }),
			),
		);
	});

	test('simplifies, and shows everything on wish', async () => {
		const filters = { name: 'Payroll' };
		expect(await output({ ...getAll, filters })).toEqual([
			{
				id: expect.any(String),
				name: 'Payroll',
				type: 'self_hosted',
				domain: 'payroll.corp.example.com',
				destinations: ['payroll.corp.example.com', '10.20.0.0/24'],
				aud: expect.stringMatching(/^[0-9a-f]{64}$/),
				session_duration: '24h',
				tags: [],
				created_at: '2025-06-11T08:15:00Z',
				updated_at: '2026-03-19T14:02:41Z',
			},
		]);
		const [raw] = await output({ ...getAll, filters, simplify: false });
		expect(raw).toEqual(stored(String(raw.id)));
	});

	test('links every application to the item that asked for it, and goes on after a bad one', async () => {
		const result = await runNode({
			parameters: { ...all, filters: { domain: '={{ $json.domain }}' } },
			items: [{ domain: 'grafana.example.com' }, {}, { domain: 'ssh.example.com' }],
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		const [grafana, bad, bastion] = jsonOf(result);
		expect(grafana.name).toBe('Grafana');
		expect(bad.error).toContain('Domain:');
		expect(bastion.name).toBe('Bastion');
		expect(cf.calls).toHaveLength(2);
	});

	test('says when Access is not in use, and which permission is missing', async () => {
		const credentials = tokenCredential({ apiToken: sandboxCredentials.zoneOnlyToken });
		expect(await refusal(all, { credentials })).toContain(
			'"Account → Access: Apps and Policies → Read"',
		);
		cf.state.withoutZeroTrust.add(account);
		expect(await refusal(all)).toContain('Access is not enabled');
	});
});

describe('Access Application: Get', () => {
	const address = `https://one.dash.cloudflare.com/${account}/access/apps/self-hosted/${accessApps.adminSite}/edit?tab=overview`;

	test.each([
		['by ID', byId(accessApps.adminSite)],
		['by ID in capitals with blanks', byId(` ${accessApps.adminSite.toUpperCase()} `)],
		['from the list', { application: locator('list', accessApps.adminSite) }],
		["by the dashboard's address", byId(address)],
		['by an expression', { application: `={{ "${accessApps.adminSite}" }}` }],
	])('%s', async (_way, application) => {
		const [app] = await output({ ...get, ...application });
		expect(app).toMatchObject({ id: accessApps.adminSite, destinations: ['admin.example.com'] });
		expect(Object.keys(app).length).toBeLessThanOrEqual(10);
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((sdk) =>
				sdk.zeroTrust.access.applications.get(accessApps.adminSite, { account_id: account }),
			),
		]);
	});

	test('of a zone, with its policies', async () => {
		const zone = { scope: 'zone', zone: locator('id', com) };
		const parameters = { ...get, ...zone, ...byId(accessApps.zoneStaging), includePolicies: true };
		const [app] = await output(parameters);
		expect(app.policies).toHaveLength(1);
		expect(cf.calls).toHaveLength(1);
	});

	test('shows everything on wish', async () => {
		const [raw] = await output({ ...get, ...byId(accessApps.productionServers), simplify: false });
		expect(raw).toEqual(stored(accessApps.productionServers));
	});

	test('says that there is no such application', async () => {
		const text = await refusal({ ...get, ...byId('f174e90a-fafe-4643-bbbc-4a0ed4fc8415') });
		expect(text).toContain('access.api.error.unknown_application');
	});
});

describe('The list of Access applications', () => {
	test.each([
		['admin.EXAMPLE', ['Admin Site (self_hosted, admin.example.com)']],
		['infrastructure', ['Production Servers (infrastructure)']],
		[accessApps.forgottenWiki.slice(0, 8), ['Forgotten Wiki (self_hosted, wiki.example.com)']],
	])('finds by %s', async (filter, found) => {
		const { results } = await runListSearch('searchAccessApplications', {
			parameters: get,
			filter,
		});
		expect(results.map(({ name }) => name)).toEqual(found);
	});

	test('of a zone', async () => {
		const parameters = { ...get, scope: 'zone', zone: locator('id', com) };
		const { results } = await runListSearch('searchAccessApplications', { parameters });
		expect(results).toHaveLength(3);
	});
});

const UUID = 'A UUID such as';
const filter = (filters: object) => ({ ...getAll, filters });
const wrong: BadInput[] = [
	['a name as application', { ...get, ...byId('Admin Site') }, 'Application:', UUID],
	['a domain as application', { ...get, ...byId('admin.example.com') }, 'Application:', UUID],
	['an account as application', { ...get, ...byId(account) }, 'Application:', UUID],
	['an AUD as application', { ...get, ...byId('a'.repeat(64)) }, 'Application:', 'AUD'],
	['no application', { ...get, ...byId('={{ "" }}') }, 'Application:', 'An ID or a name'],
	['a short AUD', filter({ aud: 'abc' }), 'AUD:', '64 hexadecimal characters'],
	['an empty domain', filter({ domain: '' }), 'Domain:', 'or remove this filter'],
	['a missing name', filter({ name: '={{ $json.none }}' }), 'Name:', 'or remove this filter'],
	['an empty search', filter({ search: ' ' }), 'Search:', 'or remove this filter'],
	['a target without value', filter({ targetAttributes: 'web' }), 'Target', 'hostname=web-1'],
	['a target without name', filter({ targetAttributes: '=web-1=' }), 'Target', 'hostname=web-1'],
	['an unknown type', filter({ type: ['web'] }), 'Type:', 'One of: app_launcher'],
	['no type', filter({ type: [] }), 'Type: nothing was given', 'or remove this filter'],
	['an unclear yes', filter({ exact: '={{ "maybe" }}' }), 'Exact:', 'true or false'],
	['a limit of 1.5', { ...getAll, limit: '={{ 1.5 }}' }, 'Limit:', 'A whole number from 1'],
	['a zone that is none', { ...getAll, scope: 'zone', zone: locator('id', 'x') }, 'Zone:', '32'],
];
refuses('Access Application: bad input', cf, wrong);
