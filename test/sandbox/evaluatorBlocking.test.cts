import { createCloudflare, seedIds, wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { block, LISTS, sender, zonePath } from './support.cjs';

let now = 1_800_000_000_000;
const cloudflare = createCloudflare({ now: () => now });
const send = sender(cloudflare);
beforeEach(() => cloudflare.reset());

const zone = seedIds.zones['example.com'];
const other = seedIds.zones['example.net'];
const rules = `${zonePath('example.com')}/rulesets/${seedIds.rulesets.exampleComCustom}/rules`;
const attacker = { ip: '203.0.113.7', path: '/' };
const ask = (request: object = {}, zoneId: string = zone) =>
	wouldBlock(cloudflare.state, zoneId, { ...attacker, ...request });
const blocks = (ip: string) => ask({ ip }).blocked;

async function rule(expression: string): Promise<string> {
	const body = { action: 'block', expression };
	return (await send('POST', rules, body)).json.result.rules.at(-1).id;
}
async function list(kind: string, items: object[] = []): Promise<string> {
	const { id } = (await send('POST', LISTS, { name: `list_of_${kind}`, kind })).json.result;
	if (items.length > 0) await send('POST', `${LISTS}/${id}/items`, items);
	return `${LISTS}/${id}/items`;
}
const later = () => (now += 60_000);

describe('lists', () => {
	test('hold what they hold at that moment, and no more', async () => {
		const items = await list('ip');
		const id = await rule('ip.src in $list_of_ip');
		expect(ask()).toMatchObject({ blocked: false, matched: [] });
		await send('POST', items, [{ ip: '203.0.113.7' }]);
		expect(ask().blocked).toBe(false);
		later();
		expect(ask()).toMatchObject({
			blocked: true,
			by: { kind: 'rule', id, rule: id, ruleset: seedIds.rulesets.exampleComCustom },
		});
		const [{ id: item }] = (await send('GET', items)).json.result;
		await send('DELETE', items, { items: [{ id: item }] });
		expect(ask().blocked).toBe(true);
		later();
		expect(ask().blocked).toBe(false);
	});

	test('of addresses and networks of both families', async () => {
		const items = await list(
			'ip',
			['203.0.113.7', '198.51.100.0/28', '10.0.0.0/8', '2001:db8::1', '2001:db8:1::/48'].map(
				(ip) => ({ ip }),
			),
		);
		await rule('ip.src in $list_of_ip');
		later();
		for (const ip of [
			'203.0.113.7',
			'198.51.100.15',
			'10.255.255.255',
			'2001:DB8:0::1',
			'2001:db8:1:ffff::9',
		])
			expect([ip, blocks(ip)]).toEqual([ip, true]);
		for (const ip of ['203.0.113.8', '198.51.100.16', '11.0.0.1', '2001:db8::2', '2001:db8:2::1'])
			expect([ip, blocks(ip)]).toEqual([ip, false]);
		const first = (await send('GET', `${items}?search=198`)).json.result[0].id;
		await send('DELETE', items, { items: [{ id: first }] });
		later();
		expect([blocks('198.51.100.15'), blocks('10.0.0.1')]).toEqual([false, true]);
		await send('PUT', items, [{ ip: '2001:db8:2::/48' }]);
		later();
		expect([blocks('2001:db8:1::1'), blocks('2001:db8:2::1')]).toEqual([false, true]);
	});

	test('of hostnames and of networks', async () => {
		const hostname = (url_hostname: string, more: object = {}) => ({
			hostname: { url_hostname, ...more },
		});
		await list('hostname', [
			hostname('a.example.com'),
			hostname('*.b.example.com'),
			hostname('*.c.example.com', { exclude_exact_hostname: false }),
		]);
		later();
		await list('asn', [{ asn: 64496 }]);
		later();
		await rule('http.host in $list_of_hostname or ip.src.asnum in $list_of_asn');
		const verdicts = ['a', 'x.a', 'b', 'x.b', 'y.x.b', 'c', 'x.c'].map(
			(label) => ask({ host: `${label}.example.com` }).blocked,
		);
		expect(verdicts).toEqual([true, false, false, true, true, true, true]);
		expect([ask({ asn: 64496 }).blocked, ask({ asn: 64497 }).blocked]).toEqual([true, false]);
	});

	test('a rule that is disabled, or comes after one that skips, does nothing', async () => {
		await list('ip', [{ ip: '203.0.113.7' }, { ip: '192.0.2.5' }]);
		later();
		const id = await rule('ip.src in $list_of_ip');
		expect(ask({ ip: '192.0.2.5' })).toMatchObject({
			blocked: false,
			matched: [{ kind: 'rule', action: 'skip' }],
		});
		await send('PATCH', `${rules}/${id}`, {
			action: 'block',
			expression: 'ip.src in $list_of_ip',
			enabled: false,
		});
		expect(ask().blocked).toBe(false);
	});

	test('of the account decide for its own zones alone', async () => {
		await list('ip', [{ ip: '203.0.113.7' }]);
		later();
		const { accountRoot } = seedIds.rulesets;
		const root = `/accounts/${seedIds.mainAccount}/rulesets/${accountRoot}/rules`;
		const added = await send('POST', root, {
			action: 'block',
			expression: 'ip.src in $list_of_ip',
		});
		const id = added.json.result.rules.at(-1).id;
		for (const zoneId of [zone, other])
			expect(ask({}, zoneId)).toMatchObject({ blocked: true, by: { id, ruleset: accountRoot } });
		expect(ask({}, seedIds.secondAccountZones['lab.example']).blocked).toBe(false);
	});
});

describe('IP access rules', () => {
	const at = {
		zone: zonePath('example.com'),
		account: `/accounts/${seedIds.mainAccount}`,
		user: '/user',
	};
	async function access(
		level: keyof typeof at,
		mode: string,
		target: string,
		value: string,
	): Promise<string> {
		const body = { mode, configuration: { target, value }, notes: 'case 7' };
		const answer = await send('POST', `${at[level]}/firewall/access_rules/rules`, body);
		expect(answer.status).toBe(200);
		return answer.json.result.id;
	}

	test.each([
		['ip', '203.0.113.7', { ip: '203.0.113.7' }, { ip: '203.0.113.8' }],
		['ip_range', '203.0.113.0/24', { ip: '203.0.113.9' }, { ip: '203.0.114.9' }],
		['ip_range', '2001:db8:1::/48', { ip: '2001:db8:1::9' }, { ip: '2001:db8:2::9' }],
		['ip6', '2001:db8::1', { ip: '2001:db8:0::1' }, { ip: '2001:db8::2' }],
		['asn', 'AS64496', { asn: 64496 }, { asn: 64497 }],
	])('block by %s %s', async (target, value, inside, outside) => {
		const id = await access('zone', 'block', target, value);
		const by = { kind: 'accessRule', id, level: 'zone', action: 'block', description: 'case 7' };
		expect(ask(inside)).toEqual({ blocked: true, outcome: 'block', by, matched: [by] });
		expect(ask(outside)).toMatchObject({ blocked: false, matched: [] });
		expect(ask(inside, other).blocked).toBe(false);
	});

	test.each(['account', 'user'] as const)('of the %s hold in its zones', async (level) => {
		const id = await access(level, 'block', 'ip', '203.0.113.7');
		for (const zoneId of [zone, other])
			expect(ask({}, zoneId)).toMatchObject({ blocked: true, by: { id, level } });
		const foreign = ask({}, seedIds.secondAccountZones['lab.example']).blocked;
		expect(foreign).toBe(level === 'user');
	});

	test('by country, where the plan allows it', async () => {
		await access('account', 'block', 'country', 'KP');
		expect(ask({ country: 'KP' }).blocked).toBe(true);
		expect(ask({ country: 'DE' }).blocked).toBe(false);
		expect(ask().blocked).toBe(false);
	});

	test('one that allows goes before those that block, and before custom rules', async () => {
		await send('POST', rules, block('203.0.113.7'));
		expect(ask().blocked).toBe(true);
		await access('zone', 'block', 'ip', '203.0.113.7');
		const id = await access('account', 'whitelist', 'ip_range', '203.0.113.0/24');
		expect(ask()).toMatchObject({
			blocked: false,
			outcome: 'pass',
			by: { kind: 'accessRule', id, action: 'whitelist' },
			matched: [{ action: 'whitelist' }, { action: 'block' }],
		});
		expect(ask({ ip: '203.0.113.8' }).outcome).toBe('pass');
	});

	test('one that challenges is weaker than one that blocks', async () => {
		await access('account', 'managed_challenge', 'ip_range', '203.0.113.0/24');
		expect(ask()).toMatchObject({ blocked: false, outcome: 'challenge' });
		await access('zone', 'block', 'ip', '203.0.113.7');
		expect(ask().outcome).toBe('block');
	});

	test('block even where a rule would skip', async () => {
		await access('zone', 'block', 'ip', '192.0.2.5');
		expect(ask({ ip: '192.0.2.5' }).blocked).toBe(true);
	});
});
