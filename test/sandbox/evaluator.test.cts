import { createCloudflare, seedIds, wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { block, CUSTOM, sender } from './support.cjs';

const cloudflare = createCloudflare();
const send = sender(cloudflare);
beforeEach(() => cloudflare.reset());

const zone = seedIds.zones['example.com'];
const rules = `/zones/${zone}/rulesets/${seedIds.rulesets.exampleComCustom}/rules`;
const attacker = { ip: '203.0.113.7', host: 'www.example.com', path: '/' };
const outcome = (request = {}) => wouldBlock(cloudflare.state, zone, { ...attacker, ...request });

test('a new rule blocks the attacker and nobody else', async () => {
	expect(outcome()).toMatchObject({ blocked: false, outcome: 'pass' });
	const answer = await send('POST', rules, block('203.0.113.7'));
	expect(outcome()).toMatchObject({
		blocked: true,
		by: { ruleset: seedIds.rulesets.exampleComCustom, rule: answer.json.result.rules[3].id },
	});
	expect(outcome({ ip: '203.0.113.8' }).blocked).toBe(false);
});

test('rules are walked in order: the office is let through before anything blocks', async () => {
	const office = { ip: '192.0.2.5', userAgent: 'sqlmap/1.8' };
	expect(outcome({ ...office, ip: '198.51.100.1' }).blocked).toBe(true);
	expect(outcome(office)).toMatchObject({ blocked: false, matched: [{ action: 'skip' }] });
	await send('POST', rules, block('192.0.2.0/24', { position: { before: '' } }));
	expect(outcome(office).blocked).toBe(true);
});

test('disabled rules do nothing, and a challenge is no block', async () => {
	await send('POST', rules, block('203.0.113.7', { enabled: false }));
	expect(outcome().blocked).toBe(false);
	expect(outcome({ path: '/wp-login.php?x=1' })).toMatchObject({
		blocked: false,
		outcome: 'challenge',
	});
});

test('account rules come first, for the zones on which they are deployed', async () => {
	const { accountRoot, accountCustom } = seedIds.rulesets;
	const request = { ip: '203.0.113.9', country: 'KP' };
	const enterprise = seedIds.zones['enterprise.example'];
	expect(wouldBlock(cloudflare.state, enterprise, request)).toMatchObject({
		blocked: true,
		by: { ruleset: accountCustom },
	});
	expect(wouldBlock(cloudflare.state, zone, request).blocked).toBe(false);
	await send('POST', `/accounts/${seedIds.mainAccount}/rulesets/${accountRoot}/rules`, {
		action: 'skip',
		action_parameters: { rulesets: [accountCustom] },
		expression: 'ip.src eq 203.0.113.9',
		position: { before: '' },
	});
	expect(wouldBlock(cloudflare.state, enterprise, request).blocked).toBe(false);
});

test.each([
	'http.user_agent contains "curl"',
	'http.request.uri.path wildcard "/ADMIN/*"',
	'http.request.uri.path matches "^/admin/\\w+"',
	'ends_with(http.request.uri.path, "/users")',
	'http.request.uri.query eq "q=1&q=2"',
	'http.request.uri.args["q"][1] eq "2"',
	'any(http.request.headers["x-api-key"][*] eq "v")',
	'ip.src eq 203.0.113.7 and all(lower(http.request.headers["x-api-key"][*])[*] eq "v")',
	'ip.src eq 203.0.113.7 and not any(http.request.headers["absent"][*] eq "v") and len(http.request.headers["absent"]) eq 0',
	'ip.src.country in {"RU" "KP"} xor ip.src.asnum in {64500..64510}',
	'ip.src in {203.0.113.5..203.0.113.9} && http.request.method eq "GET"',
	'cidr(ip.src, 24, 64) eq 203.0.113.0 and ssl',
	'upper(http.host) == "WWW.EXAMPLE.COM"',
])('%s matches', async (expression) => {
	const business = seedIds.zones['example.org'];
	const body = {
		name: 'default',
		kind: 'zone',
		phase: CUSTOM,
		rules: [{ action: 'block', expression }],
	};
	expect((await send('POST', `/zones/${business}/rulesets`, body)).status).toBe(200);
	const request = {
		...attacker,
		path: '/admin/users?q=1&q=2',
		userAgent: 'curl/8.5',
		asn: 64496,
		country: 'RU',
		headers: { 'X-Api-Key': 'v' },
	};
	expect(wouldBlock(cloudflare.state, business, request).blocked).toBe(true);
	expect(
		wouldBlock(cloudflare.state, business, { ip: '2001:db8::1', host: 'a.example', country: 'DE' })
			.blocked,
	).toBe(false);
});

test('IPv6 in sets, networks and lists', async () => {
	await send('POST', rules, block('2001:db8:1::/48 2001:db8:2::1..2001:db8:2::f'));
	expect(outcome({ ip: '2001:0DB8:0001::5' }).blocked).toBe(true);
	expect(outcome({ ip: '2001:db8:2::a' }).blocked).toBe(true);
	expect(outcome({ ip: '2001:db8:2::10' }).blocked).toBe(false);
	expect(outcome({ ip: '2001:db8:ff1::1' }).matched).toMatchObject([{ action: 'skip' }]);
});
