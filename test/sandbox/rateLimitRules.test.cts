import { createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const send = sender(cloudflare);
beforeEach(() => cloudflare.reset());

type Zone = keyof typeof seedIds.zones;
const PHASE = 'http_ratelimit';
const path = (zone: Zone) => `${zonePath(zone)}/rulesets/phases/${PHASE}/entrypoint`;
const limit = (more: object = {}) => ({
	characteristics: ['cf.colo.id', 'ip.src'],
	period: 10,
	requests_per_period: 20,
	mitigation_timeout: 10,
	...more,
});
const rule = (ratelimit: unknown, more: object = {}) => ({
	action: 'block',
	expression: 'http.request.uri.path eq "/login"',
	ratelimit,
	...more,
});
const check = (zone: Zone, body: object) =>
	send('PUT', `${path(zone)}?dry_run=true`, { rules: [body] });

const ENTERPRISE = 'enterprise.example';

test.each<[Zone, object]>([
	['example.net', rule(limit())],
	['example.net', rule(limit({ mitigation_timeout: 0 }), { action: 'managed_challenge' })],
	['example.net', rule(limit(), { expression: 'not cf.client.bot' })],
	['example.com', rule(limit({ period: 60, mitigation_timeout: 3600 }))],
	[
		'example.com',
		rule(limit(), { expression: 'http.host eq "a" and http.request.uri.query contains "q"' }),
	],
	['example.org', rule(limit({ period: 600, mitigation_timeout: 86_400 }))],
	['example.org', rule(limit({ characteristics: ['cf.unique_visitor_id', 'cf.colo.id'] }))],
	['example.org', rule(limit({ counting_expression: 'http.response.code eq 401' }))],
	['example.org', rule(limit({ counting_expression: '', requests_to_origin: true }))],
	['example.org', rule(limit(), { expression: 'ip.src in $office_network' })],
	[ENTERPRISE, rule(limit({ period: 3600, mitigation_timeout: 4242 }))],
	[ENTERPRISE, rule(limit({ mitigation_timeout: 0 }), { action: 'log' })],
	[ENTERPRISE, rule(limit({ mitigation_timeout: 60 }), { action: 'challenge' })],
	[
		ENTERPRISE,
		rule(
			limit({
				characteristics: ['cf.colo.id', 'http.request.headers["x-api-key"]', 'ip.src.asnum'],
			}),
		),
	],
	[
		ENTERPRISE,
		rule(
			limit({
				requests_per_period: undefined,
				score_per_period: 400,
				score_response_header_name: 'x-score',
			}),
		),
	],
	[ENTERPRISE, rule(limit(), { expression: 'ip.src.country eq "KP"' })],
])('%s accepts %j', async (zone, body) => {
	expect((await check(zone, body)).json).toMatchObject({ success: true, result: null });
});

const R = '/rules/0/ratelimit';
test.each<[Zone, object, string, RegExp]>([
	[ENTERPRISE, rule(undefined), R, /required/],
	[ENTERPRISE, rule('often'), R, /required/],
	[ENTERPRISE, rule(limit({ requests: 5 })), `${R}/requests`, /unknown field/],
	[
		ENTERPRISE,
		rule(limit({ characteristics: ['ip.src'] })),
		`${R}/characteristics`,
		/cf\.colo\.id/,
	],
	[
		ENTERPRISE,
		rule(limit({ characteristics: 'cf.colo.id' })),
		`${R}/characteristics`,
		/cf\.colo\.id/,
	],
	[ENTERPRISE, rule(limit({ characteristics: undefined })), `${R}/characteristics`, /cf\.colo\.id/],
	[
		ENTERPRISE,
		rule(limit({ characteristics: ['cf.colo.id', 'ip.src', 'cf.unique_visitor_id'] })),
		`${R}/characteristics`,
		/exclude each other/,
	],
	[
		ENTERPRISE,
		rule(limit({ characteristics: ['cf.colo.id', 'ip'] })),
		`${R}/characteristics/1`,
		/no such/,
	],
	[
		ENTERPRISE,
		rule(limit({ characteristics: ['cf.colo.id', 5] })),
		`${R}/characteristics/1`,
		/string/,
	],
	[
		ENTERPRISE,
		rule(limit({ characteristics: ['cf.colo.id', 'http.request.headers["X-Api-Key"]'] })),
		`${R}/characteristics/1`,
		/lower case/,
	],
	[
		'example.com',
		rule(limit({ characteristics: ['cf.colo.id', 'cf.unique_visitor_id'] })),
		`${R}/characteristics/1`,
		/higher plan/,
	],
	[
		'example.org',
		rule(limit({ characteristics: ['cf.colo.id', 'ip.src.country'] })),
		`${R}/characteristics/1`,
		/higher plan/,
	],
	[ENTERPRISE, rule(limit({ period: undefined })), `${R}/period`, /one of 10/],
	[ENTERPRISE, rule(limit({ period: 11 })), `${R}/period`, /one of 10/],
	[ENTERPRISE, rule(limit({ period: '60' })), `${R}/period`, /one of 10/],
	['example.net', rule(limit({ period: 60 })), `${R}/period`, /up to 10/],
	['example.com', rule(limit({ period: 120 })), `${R}/period`, /up to 60/],
	['example.org', rule(limit({ period: 3600 })), `${R}/period`, /up to 600/],
	[
		ENTERPRISE,
		rule(limit({ requests_per_period: undefined })),
		`${R}/requests_per_period`,
		/positive/,
	],
	[ENTERPRISE, rule(limit({ requests_per_period: 0 })), `${R}/requests_per_period`, /positive/],
	[ENTERPRISE, rule(limit({ requests_per_period: 1.5 })), `${R}/requests_per_period`, /positive/],
	['example.org', rule(limit({ score_per_period: 400 })), `${R}/score_per_period`, /Advanced/],
	['example.net', rule(limit({ mitigation_timeout: 60 })), `${R}/mitigation_timeout`, /up to 10/],
	[
		'example.com',
		rule(limit({ mitigation_timeout: 86_400 })),
		`${R}/mitigation_timeout`,
		/up to 3600/,
	],
	['example.com', rule(limit({ mitigation_timeout: 42 })), `${R}/mitigation_timeout`, /one of/],
	[
		'example.com',
		rule(limit({ mitigation_timeout: 0 })),
		`${R}/mitigation_timeout`,
		/must not be 0/,
	],
	[
		ENTERPRISE,
		rule(limit({ mitigation_timeout: 86_401 })),
		`${R}/mitigation_timeout`,
		/up to 86400/,
	],
	[ENTERPRISE, rule(limit({ mitigation_timeout: -1 })), `${R}/mitigation_timeout`, /non-negative/],
	[
		'example.org',
		rule(limit({ mitigation_timeout: 60 }), { action: 'managed_challenge' }),
		`${R}/mitigation_timeout`,
		/must be 0/,
	],
	[
		'example.com',
		rule(limit({ counting_expression: 'ssl' })),
		`${R}/counting_expression`,
		/Business/,
	],
	[
		'example.org',
		rule(limit({ counting_expression: 'sll' })),
		`${R}/counting_expression`,
		/unknown identifier/,
	],
	['example.org', rule(limit({ requests_to_origin: 1 })), `${R}/requests_to_origin`, /boolean/],
	[
		'example.org',
		rule(limit({ requests_to_origin: true }), { expression: 'ip.src in $office_network' }),
		`${R}/requests_to_origin`,
		/names a list/,
	],
	[
		'example.net',
		rule(limit(), { expression: 'http.host eq "a"' }),
		'/rules/0/expression',
		/http\.host/,
	],
	[
		'example.com',
		rule(limit(), { expression: 'ip.src eq 203.0.113.7' }),
		'/rules/0/expression',
		/ip\.src/,
	],
	[
		'example.org',
		rule(limit(), { expression: 'ip.src.country eq "KP"' }),
		'/rules/0/expression',
		/country/,
	],
	['example.org', rule(limit(), { action: 'log' }), '/rules/0/action', /Enterprise/],
	['example.org', rule(limit(), { action: 'skip' }), '/rules/0/action', /not allowed/],
])('%s refuses %j', async (zone, body, pointer, message) => {
	const { status, json } = await check(zone, body);
	expect(status).toBe(400);
	expect(json.errors).toContainEqual({
		code: expect.any(Number),
		message: expect.stringMatching(message),
		source: { pointer },
	});
});

test('the missing location has its code', async () => {
	const answer = await check(ENTERPRISE, rule(limit({ characteristics: ['ip.src'] })));
	expect(refusal(answer)).toBe('400 20155');
});

test.each<[Zone, number]>([
	['example.net', 1],
	['example.com', 2],
	['example.org', 5],
])('%s has room for %i rules', async (zone, most) => {
	const put = async (count: number) =>
		(await send('PUT', path(zone), { rules: Array.from({ length: count }, () => rule(limit())) }))
			.status;
	expect([await put(most + 1), await put(most)]).toEqual([400, 200]);
});

describe('writing', () => {
	const rulesets = `${zonePath('example.org')}/rulesets`;
	const make = async () => {
		const body = { name: 'default', kind: 'zone', phase: PHASE, rules: [rule(limit())] };
		const { id, rules } = (await send('POST', rulesets, body)).json.result;
		return { ruleset: `${rulesets}/${id}`, one: `${rulesets}/${id}/rules/${rules[0].id}` };
	};

	test('an edit replaces the rule: without its rate limit it is refused, with it the rest is reset', async () => {
		const { one } = await make();
		const bare = { action: 'block', expression: 'ssl' };
		expect(refusal(await send('PATCH', one, { description: 'x' }))).toBe('400 20000');
		expect((await send('PATCH', one, { ...bare, description: 'x' })).status).toBe(400);
		const smaller = { characteristics: ['cf.colo.id'], period: 60, requests_per_period: 5 };
		const body = rule(smaller, { description: 'x' });
		const { rules } = (await send('PATCH', one, body)).json.result;
		expect(rules[0]).toMatchObject({ description: 'x', version: '2', ratelimit: smaller });
		expect(rules[0].ratelimit).toEqual(smaller);
	});

	test('a dry run of every write checks it and changes nothing', async () => {
		const { ruleset, one } = await make();
		const before = JSON.stringify([...cloudflare.state.rulesets]);
		const writes: Array<[string, string, object?]> = [
			['POST', `${ruleset}/rules`, rule(limit())],
			['PATCH', one, rule(limit({ period: 60 }))],
			['PATCH', one, { position: { index: 1 } }],
			['DELETE', one],
			['PUT', ruleset, { rules: [] }],
			['PUT', path('example.org'), { rules: [] }],
		];
		for (const [method, where, body] of writes)
			expect((await send(method, `${where}?dry_run=true`, body)).json).toMatchObject({
				success: true,
				result: null,
			});
		expect((await send('DELETE', `${ruleset}?dry_run=true`)).status).toBe(204);
		expect((await send('PATCH', `${one}?dry_run=true`, rule({}))).status).toBe(400);
		const missing = one.replace(/\w+$/, 'f'.repeat(32));
		expect((await send('DELETE', `${missing}?dry_run=true`)).status).toBe(404);
		expect(JSON.stringify([...cloudflare.state.rulesets])).toBe(before);
	});

	test('the limit of writes counts each write that takes effect, for each ruleset', async () => {
		const { ruleset, one } = await make();
		cloudflare.state.rulesetWriteLimit = { writes: 2, windowSeconds: 60 };
		expect((await send('DELETE', `${one}?dry_run=true`)).status).toBe(200);
		expect((await send('PATCH', one, rule({}))).status).toBe(400);
		expect((await send('PATCH', one, rule(limit({ period: 60 })))).status).toBe(200);
		expect((await send('DELETE', one)).status).toBe(200);
		for (const [method, where, body] of [
			['POST', `${ruleset}/rules`, rule(limit())],
			['PUT', path('example.org'), { rules: [] }],
			['DELETE', ruleset, undefined],
		] as const)
			expect(refusal(await send(method, where, body))).toBe('429 971');
	});
});
