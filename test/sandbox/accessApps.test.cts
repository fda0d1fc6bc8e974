import type { AccessApp } from '../../sandbox/cloudflare/access/types.cjs';
import { createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const send = sender(cloudflare);
const apps = `/accounts/${seedIds.mainAccount}/access/apps`;
const zoneApps = `${zonePath('example.com')}/access/apps`;
const branchZone = `/zones/${seedIds.secondAccountZones['branch.example']}/access/apps`;
const ids = seedIds.accessApps;

const list = async (query = '', base = apps) => (await send('GET', `${base}?${query}`)).json;
const all = async (): Promise<AccessApp[]> => (await list('per_page=1000')).result;
const adminAud = cloudflare.state.accessApps.value.find(({ app }) => app.id === ids.adminSite)?.app
	.aud;

test.each([
	['', { page: 1, per_page: 25, count: 25, total_count: 32, total_pages: 2 }],
	['page=2', { page: 2, count: 7 }],
	['page=3', { count: 0 }],
	['per_page=1', { count: 1, total_pages: 32 }],
	['per_page=1000', { per_page: 1000, count: 32 }],
	['per_page=2000', { per_page: 1000 }],
])('pages: %s', async (query, expected) => {
	expect((await list(query)).result_info).toMatchObject(expected);
});

test('there is one of every type, each with the fields of its type', async () => {
	const found = await all();
	const fields: Record<AccessApp['type'], string[]> = {
		self_hosted: ['domain', 'destinations', 'session_duration', 'same_site_cookie_attribute'],
		saas: ['saas_app'],
		ssh: ['domain', 'destinations'],
		vnc: ['domain', 'destinations'],
		rdp: ['domain', 'target_criteria'],
		infrastructure: ['target_criteria'],
		app_launcher: ['domain', 'landing_page_design', 'footer_links'],
		warp: ['domain'],
		biso: ['domain'],
		bookmark: ['domain', 'logo_url'],
		dash_sso: ['saas_app'],
		mcp: ['destinations'],
		mcp_portal: ['domain'],
		proxy_endpoint: ['domain'],
	};
	expect(new Set(found.map(({ type }) => type))).toEqual(new Set(Object.keys(fields)));
	for (const app of found) {
		for (const field of fields[app.type])
			expect([app.name, app]).toEqual([
				app.name,
				expect.objectContaining({ [field]: expect.anything() }),
			]);
		expect(app).toMatchObject({ aud: expect.stringMatching(/^[0-9a-f]{64}$/) });
	}
	// Source: types of the SDK 7.3: these have no domain.
	for (const { domain } of found.filter(({ type }) => /^(saas|mcp|infrastructure)$/.test(type)))
		expect(domain).toBeUndefined();
	expect(new Set(found.map(({ id }) => id)).size).toBe(32);
	expect(
		new Set(found.flatMap(({ policies }) => policies.map(({ decision }) => decision))),
	).toEqual(new Set(['allow', 'deny', 'non_identity', 'bypass']));
});

test.each([
	['name=Admin Site', ['Admin Site']],
	['name=admin', ['Admin Site']],
	['name=admin&exact=true', []],
	['name=admin&exact=false', ['Admin Site']],
	['domain=ssh.', ['Bastion']],
	['domain=ssh.example.com&exact=true', ['Bastion']],
	['domain=ssh.&exact=true', []],
	[`aud=${adminAud}`, ['Admin Site']],
	['aud=abc', []],
	['search=WIKI.example', ['Forgotten Wiki']],
	['target_attributes=hostname=web-1', ['Production Servers']],
	['target_attributes=hostname=web-9', []],
	['name=Admin&domain=wiki', []],
])('filters by %s', async (query, expected) => {
	const { result, result_info } = await list(query);
	expect(result.map(({ name }: AccessApp) => name)).toEqual(expected);
	expect(result_info.total_count).toBe(expected.length);
});

test.each(['exact=1', 'per_page=0', 'page=0', 'target_attributes=web'])(
	'%s is refused',
	async (query) => {
		expect((await send('GET', `${apps}?${query}`)).status).toBe(400);
	},
);

test('the policies of an application come in pages too', async () => {
	const policies = `${apps}/${ids.partnerPortal}/policies`;
	const first = (await send('GET', policies)).json;
	expect(first.result_info).toMatchObject({ per_page: 25, count: 25, total_count: 30 });
	const next = (await send('GET', `${policies}?page=2`)).json.result;
	expect(next.map(({ precedence }: { precedence: number }) => precedence)).toEqual([
		26, 27, 28, 29, 30,
	]);
	expect((await send('GET', `${apps}/${ids.forgottenWiki}/policies`)).json.result).toEqual([]);
	const [servers] = (await send('GET', `${apps}/${ids.productionServers}/policies`)).json.result;
	expect(servers.connection_rules.ssh.usernames).toContain('root');
});

test('an account and its zones have their own applications', async () => {
	expect((await list('', zoneApps)).result_info.total_count).toBe(3);
	expect((await send('GET', `${zoneApps}/${ids.zoneStaging}`)).json.result.name).toBe(
		'Staging Shop',
	);
	expect(refusal(await send('GET', `${apps}/${ids.zoneStaging}`))).toBe('404 11021');
	expect((await list('', `${zonePath('example.net')}/access/apps`)).result).toEqual([]);
});

test.each([
	`${apps}/${seedIds.insights.dmarc}`,
	`${apps}/admin.example.com`,
	`${apps}/${seedIds.insights.dmarc}/policies`,
])('an unknown application: %s', async (path) => {
	expect(refusal(await send('GET', path))).toBe('404 11021');
});

test.each([`/accounts/${seedIds.secondAccount}/access/apps`, branchZone])(
	'without Zero Trust: %s',
	async (path) => {
		const answer = await send('GET', path);
		expect(refusal(answer)).toBe('400 9999');
		expect(answer.text).toContain('access.api.error.not_enabled');
		expect(refusal(await send('GET', `${path}/${ids.adminSite}`))).toBe('400 9999');
	},
);

test('more of them on demand, and Zero Trust is a switch', async () => {
	const many = createCloudflare({ accessApps: 500 });
	const { json } = await sender(many)('GET', `${apps}?per_page=1000`);
	expect(new Set(json.result.map(({ name }: AccessApp) => name)).size).toBe(500);
	many.state.withoutZeroTrust.delete(seedIds.secondAccount);
	expect((await sender(many)('GET', branchZone)).json.result).toEqual([]);
});
