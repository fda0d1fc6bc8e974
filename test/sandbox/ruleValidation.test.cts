import { createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { block, CUSTOM, entryPointPath, sender, type Send } from './support.cjs';

const cloudflare = createCloudflare();
const send: Send = sender(cloudflare);
type Zone = keyof typeof seedIds.zones;
// Replacing an entry point as a dry run checks a rule on any zone and stores nothing.
const check = (zone: Zone, rule: unknown) =>
	send('PUT', `${entryPointPath(zone)}?dry_run=true`, { rules: [rule] });

const ip = { expression: 'ip.src eq 192.0.2.1' };
const response = { status_code: 403, content_type: 'text/plain', content: 'No.' };
const withResponse = (more: object) => ({
	...ip,
	action: 'block',
	action_parameters: { response: { ...response, ...more } },
});
const skip = (parameters: object) => ({ ...ip, action: 'skip', action_parameters: parameters });
const execute = (id: string) => ({ ...ip, action: 'execute', action_parameters: { id } });

test.each<[Zone, unknown, string, RegExp]>([
	['example.com', 'block', '/rules/0', /must be an object/],
	['example.com', { ...ip }, '/rules/0/action', /action is required/],
	['example.com', { ...ip, action: 'deny' }, '/rules/0/action', /'deny' is not a valid value/],
	[
		'example.com',
		{ ...ip, action: 'redirect' },
		'/rules/0/action',
		/not allowed in the http_request/,
	],
	['example.com', { ...ip, action: 'log' }, '/rules/0/action', /Enterprise plan/],
	['example.com', { ...ip, action: 'block', colour: 1 }, '/rules/0/colour', /unknown field/],
	['example.com', { ...ip, action: 'block', enabled: 'yes' }, '/rules/0/enabled', /a boolean/],
	['example.com', { ...ip, action: 'block', description: 1 }, '/rules/0/description', /a string/],
	['example.com', { ...ip, action: 'block', logging: true }, '/rules/0/logging', /boolean enabled/],
	['example.com', { ...ip, action: 'block', ratelimit: {} }, '/rules/0/ratelimit', /not allowed/],
	['example.com', { action: 'block' }, '/rules/0/expression', /cannot be blank/],
	['example.com', { action: 'block', expression: ' ' }, '/rules/0/expression', /cannot be blank/],
	[
		'example.com',
		{ action: 'block', expression: 'x eq 1' },
		'/rules/0/expression',
		/\(1:1\)[^]*unknown identifier/,
	],
	[
		'example.com',
		{ action: 'block', expression: `http.host eq "${'x'.repeat(4090)}"` },
		'/rules/0/expression',
		/4096/,
	],
	[
		'example.com',
		{ action: 'block', expression: 'http.host matches "a"' },
		'/rules/0/expression',
		/Business plan/,
	],
	[
		'example.com',
		{ action: 'block', expression: 'ip.src in $nobody' },
		'/rules/0/expression',
		/does not exist/,
	],
	[
		'example.com',
		{ action: 'block', expression: 'ip.src in $cf.open_proxies' },
		'/rules/0/expression',
		/does not exist/,
	],
	['example.net', withResponse({}), '/rules/0/action_parameters/response', /Pro plan/],
	[
		'example.com',
		withResponse({ status_code: 200 }),
		'/rules/0/action_parameters/response/status_code',
		/400 and 499/,
	],
	[
		'example.com',
		withResponse({ content_type: undefined }),
		'/rules/0/action_parameters/response/content_type',
		/one of/,
	],
	[
		'example.com',
		withResponse({ content: '' }),
		'/rules/0/action_parameters/response/content',
		/required/,
	],
	[
		'example.com',
		withResponse({ content: 'ü'.repeat(15361) }),
		'/rules/0/action_parameters/response/content',
		/30720/,
	],
	[
		'example.com',
		{ ...ip, action: 'challenge', action_parameters: { a: 1 } },
		'/rules/0/action_parameters/a',
		/unknown/,
	],
	['example.com', skip({}), '/rules/0/action_parameters', /at least one/],
	['example.com', skip({ ruleset: 'all' }), '/rules/0/action_parameters/ruleset', /'current'/],
	[
		'example.com',
		skip({ phases: ['http_requests'] }),
		'/rules/0/action_parameters/phases/0',
		/one of/,
	],
	['example.com', skip({ products: ['WAF'] }), '/rules/0/action_parameters/products/0', /one of/],
	[
		'example.com',
		skip({ rulesets: ['x'], ruleset: 'current' }),
		'/rules/0/action_parameters/rulesets',
		/combined/,
	],
	['example.com', execute('a'.repeat(32)), '/rules/0/action_parameters/id', /no custom or managed/],
	[
		'example.com',
		execute(seedIds.rulesets.owaspCore),
		'/rules/0/action_parameters/id',
		/http_request_firewall_custom/,
	],
])('on %s refuses %j', async (zone, rule, pointer, message) => {
	const { status, json } = await check(zone, rule);
	expect(status).toBe(400);
	expect(json.errors).toContainEqual({
		code: expect.any(Number),
		message: expect.stringMatching(message),
		source: { pointer },
	});
});

test.each<[Zone, object]>([
	['example.net', block('203.0.113.7')],
	['example.com', withResponse({})],
	['example.com', { ...ip, action: 'managed_challenge', action_parameters: {} }],
	['example.com', { action: 'block', expression: 'ip.src in $office_network' }],
	['example.com', skip({ phases: ['http_ratelimit'], products: ['waf'], ruleset: 'current' })],
	['example.com', execute(seedIds.rulesets.accountCustom)],
	['example.org', { action: 'block', expression: 'http.host matches "a"' }],
	['enterprise.example', { action: 'log', expression: 'ip.src in $cf.open_proxies' }],
])('on %s accepts %j', async (zone, rule) => {
	expect((await check(zone, rule)).json).toMatchObject({ success: true, result: null });
});

test.each<[Zone, number]>([
	['example.net', 5],
	['example.com', 20],
])('the plan of %s has room for %i rules', async (zone, limit) => {
	const rules = Array.from({ length: limit + 1 }, () => ({
		...block('203.0.113.7'),
		enabled: false,
	}));
	const put = (count: number) =>
		send('PUT', `${entryPointPath(zone)}?dry_run=true`, { rules: rules.slice(0, count) });
	expect((await put(limit)).status).toBe(200);
	expect((await put(limit + 1)).json.errors[0].message).toContain(`${limit + 1} out of ${limit}`);
});

test.each([
	[{ kind: 'root', phase: CUSTOM, name: 'x' }, '/kind'],
	[{ kind: 'managed', phase: CUSTOM, name: 'x' }, '/kind'],
	[{ kind: 'zone', phase: 'http_request_nothing', name: 'x' }, '/phase'],
	[{ kind: 'zone', phase: 'http_request_redirect', name: 'x' }, '/phase'],
	[{ kind: 'zone', phase: 'http_request_sanitize', name: 'x' }, '/phase'],
	[{ kind: 'zone', phase: CUSTOM }, '/name'],
	[{ kind: 'zone', phase: CUSTOM, name: 'x', rules: {} }, '/rules'],
	[[], '/'],
])('refuses to create %j', async (body, pointer) => {
	const { status, json } = await send(
		'POST',
		`/zones/${seedIds.zones['example.net']}/rulesets`,
		body,
	);
	expect({ status, pointer: json.errors[0].source.pointer }).toEqual({ status: 400, pointer });
});

test('a body must be JSON', async () => {
	const path = `/zones/${seedIds.zones['example.net']}/rulesets`;
	expect((await send('POST', path, '{"kind":')).json.errors[0].code).toBe(6007);
});

test('account rulesets need Enterprise and their own kinds', async () => {
	const root = { kind: 'root', phase: CUSTOM, name: 'x', rules: [] };
	const second = await send('POST', `/accounts/${seedIds.secondAccount}/rulesets`, root);
	expect(second.json.errors[0].message).toContain('Enterprise');
	const main = `/accounts/${seedIds.mainAccount}/rulesets`;
	expect((await send('POST', main, root)).json.errors[0].code).toBe(20217);
	const custom = await send('POST', main, {
		...root,
		kind: 'custom',
		rules: [block('203.0.113.7')],
	});
	expect(custom.json.result.kind).toBe('custom');
	const deploy = { ...execute(custom.json.result.id), expression: 'cf.zone.plan eq "ENT"' };
	const rules = `${main}/${seedIds.rulesets.accountRoot}/rules`;
	expect((await send('POST', rules, deploy)).json.result.rules).toHaveLength(2);
});

test('a rate limiting rule must count per location', async () => {
	const path = `/zones/${seedIds.zones['example.com']}/rulesets`;
	const ratelimit = { characteristics: ['ip.src'], period: 60, requests_per_period: 10 };
	const rule = { action: 'block', expression: 'http.request.uri.path eq "/login"', ratelimit };
	const body = { kind: 'zone', phase: 'http_ratelimit', name: 'x', rules: [rule] };
	expect((await send('POST', path, body)).json.errors[0].code).toBe(20155);
	ratelimit.characteristics.push('cf.colo.id');
	expect((await send('POST', path, body)).status).toBe(200);
});
