import fc from 'fast-check';
import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import { readLocator } from '../../../nodes/CloudflareSecurity/targets/locator';
import { parsePhase, phases } from '../../../nodes/CloudflareSecurity/targets/phases';
import { chooseRuleset, rulesetPath } from '../../../nodes/CloudflareSecurity/targets/ruleset';
import { parseScopeKind, resolveScope } from '../../../nodes/CloudflareSecurity/targets/scope';
import { parseDomain } from '../../../nodes/CloudflareSecurity/targets/zone';
import type { Connection } from '../../../nodes/CloudflareSecurity/transport/connect';
import { clientOn, fakeHost, good } from '../../support/fakeHost.cjs';

const ID = '023e105f4ecef8ad9ca31a8372d0c353';
const OTHER = '353c0d2738a13ac9da8fce4ef501e320';

/** A connection to an API that knows these zones or accounts, and every request to it. */
function connectTo(rows: Array<Record<string, unknown>>, defaults: Partial<Connection> = {}) {
	const { host, requests } = fakeHost(() => good(rows, { total_pages: 1 }));
	const connection = { client: clientOn(host), secrets: [], ...defaults } as Connection;
	const find = async (fields: { zone?: unknown; account?: unknown }) => {
		const scope = 'zone' in fields ? 'zone' : 'account';
		return await resolveScope(connection, { scope, zone: '', account: '', ...fields });
	};
	return { find, requests };
}

describe('readLocator', () => {
	test.each<[raw: unknown, locator: unknown]>([
		['', undefined],
		['  ', undefined],
		[undefined, undefined],
		[null, undefined],
		[{ mode: 'list', value: '' }, undefined],
		[{ mode: 'list', value: null }, undefined],
		[' a ', { value: 'a' }],
		[
			{ __rl: true, mode: 'id', value: ' a ' },
			{ mode: 'id', value: 'a' },
		],
		[{ value: 'a', mode: 7 }, { value: 'a' }],
	])('reads %j', (raw, locator) => {
		expect(readLocator(raw, 'Zone')).toEqual(locator);
	});

	test.each([7, true, ['a'], { id: 'a' }, { mode: 'id', value: 7 }, { value: { value: 'a' } }])(
		'refuses %j',
		(raw) => {
			expect(() => readLocator(raw, 'Zone')).toThrow(/^Zone: got /);
		},
	);
});

describe('parseDomain', () => {
	test.each([
		['example.com', 'example.com'],
		['EXAMPLE.com.', 'example.com'],
		['https://example.com:8443/a?b#c', 'example.com'],
		['sub.example.com/path', 'sub.example.com'],
		['_dmarc.example.com', '_dmarc.example.com'],
		['bücher.example', 'xn--bcher-kva.example'],
		['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
	])('reads %s', (text, name) => {
		expect(parseDomain(text)).toBe(name);
	});

	test.each([
		'example',
		'203.0.113.7',
		'[2001:db8::1]',
		'a b.com',
		'*.example.com',
		'user@example.com',
		'https://user:word@example.com',
		'ftp://example.com',
		'exa_mple..com',
		`${'a'.repeat(64)}.com`,
		`${'abcdefgh.'.repeat(30)}com`,
		'..',
		'/',
	])('refuses %s', (text) => {
		expect(() => parseDomain(text)).toThrow(InputError);
	});

	test('gives nothing but plain labels, whatever comes in', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain()), (text) => {
				let name: string;
				try {
					name = parseDomain(text);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
					return;
				}
				expect(name).toMatch(/^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/);
				expect(parseDomain(name)).toBe(name);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('the zone', () => {
	const zones = [{ id: ID, name: 'example.com' }];

	test.each<[what: string, zone: unknown, requests: number]>([
		['by ID', { mode: 'id', value: ID }, 0],
		['from the list', { mode: 'list', value: ID }, 0],
		['as a bare ID', ID.toUpperCase(), 0],
		['by name', { mode: 'name', value: 'https://Example.com/x' }, 1],
		['as a bare name', 'example.com', 1],
	])('is found %s', async (_what, zone, expected) => {
		const { find, requests } = connectTo(zones);
		expect(await find({ zone })).toMatchObject({ kind: 'zone', id: ID });
		expect(requests).toHaveLength(expected);
	});

	test.each<[what: string, zone: unknown, message: string, defaults: Partial<Connection>]>([
		['nothing', '', 'Zone: nothing was chosen', {}],
		['a name as ID', { mode: 'id', value: 'example.com' }, 'domain name: choose By Name', {}],
		['the account', ID, 'which is the account ID of the credential', { accountId: ID }],
		['a malformed default', '', 'Zone ID of the credential: got "x"', { zoneId: 'x' }],
		['no domain', { mode: 'name', value: 'example' }, 'Zone: got "example"', {}],
	])('is refused before any request: %s', async (_what, zone, message, defaults) => {
		const { find, requests } = connectTo(zones, defaults);
		await expect(find({ zone })).rejects.toThrow(message);
		expect(requests).toHaveLength(0);
	});

	test('falls back to that of the credential', async () => {
		expect(await connectTo(zones, { zoneId: OTHER }).find({ zone: '' })).toMatchObject({
			id: OTHER,
		});
	});

	test.each<[what: string, rows: Array<Record<string, unknown>>, message: RegExp]>([
		['unknown', [], /no zone named "sub\.example\.com" is visible/],
		['another name than asked', [{ id: ID, name: 'xsub.example.com' }], /no zone named/],
		[
			'in two accounts',
			[ID, OTHER].map((id) => ({ id, name: 'sub.example.com', account: { name: id.slice(0, 3) } })),
			new RegExp(`several zones are named .*${ID} in 023, ${OTHER} in 353`),
		],
	])('%s', async (_what, rows, message) => {
		await expect(connectTo(rows).find({ zone: 'sub.example.com' })).rejects.toThrow(message);
	});

	test('the registered domain is suggested', async () => {
		await expect(connectTo([]).find({ zone: 'a.example.com' })).rejects.toMatchObject({
			expected: expect.stringContaining('perhaps example.com'),
		});
	});
});

describe('the account', () => {
	const one = { id: ID, name: 'Example Corp' };

	test.each<[what: string, account: unknown, defaults: Partial<Connection>, requests: number]>([
		['by ID', { mode: 'id', value: ID }, {}, 0],
		['by the address of its page', `https://dash.cloudflare.com/${ID}/example.com`, {}, 0],
		['of the credential', '', { accountId: ID }, 0],
		['as the only one', '', {}, 1],
	])('is found %s', async (_what, account, defaults, expected) => {
		const { find, requests } = connectTo([one], defaults);
		expect(await find({ account })).toMatchObject({ kind: 'account', id: ID });
		expect(requests).toHaveLength(expected);
	});

	test.each<
		[what: string, account: unknown, rows: Array<Record<string, unknown>>, message: string]
	>([
		['none is visible', '', [], 'the credential shows no account'],
		[
			'several are',
			'',
			[one, { id: OTHER, name: 'B' }],
			`several accounts: Example Corp (${ID}), B (${OTHER})`,
		],
		['a name', 'Example Corp', [], 'Account: got "Example Corp"'],
		['another address', `https://evil.example/${ID}`, [], 'which is a URL'],
	])('is refused: %s', async (_what, account, rows, message) => {
		await expect(connectTo(rows).find({ account })).rejects.toThrow(message);
	});

	test('of a long list ten are named', async () => {
		const rows = Array.from({ length: 12 }, (_, index) => ({ id: `a${index}`, name: 'A' }));
		await expect(connectTo(rows).find({ account: '' })).rejects.toThrow(/A \(a9\), …$/);
	});
});

describe('scope, phase and ruleset', () => {
	test.each(['zones', '', undefined, 'Zone', {}])('no scope: %j', (value) => {
		expect(() => parseScopeKind(value)).toThrow(/^Scope: got/);
	});

	test('each phase is taken at its levels only', () => {
		for (const { value, scopes } of phases) {
			for (const scope of ['zone', 'account'] as const) {
				const parse = () => parsePhase(value, scope);
				if (scopes.includes(scope)) expect(parse()).toBe(value);
				else expect(parse).toThrow(`Phase: got "${value}"`);
			}
		}
	});

	const fields = { scope: 'zone', rulesetFrom: 'phase', phase: 'http_ratelimit', ruleset: '' };

	test('the ruleset of a phase, or by its ID', async () => {
		const scope = await connectTo([]).find({ zone: ID });
		const path = (more: object) => rulesetPath(scope, chooseRuleset({ ...fields, ...more })).text;
		expect(path({})).toBe(`/zones/${ID}/rulesets/phases/http_ratelimit/entrypoint`);
		expect(path({ rulesetFrom: 'ruleset', ruleset: OTHER })).toBe(`/zones/${ID}/rulesets/${OTHER}`);
	});

	test.each<[more: object, message: string]>([
		[{ phase: 'ddos_l4' }, 'Phase: got "ddos_l4"'],
		[{ phase: '../x' }, 'Phase: got "../x"'],
		[{ rulesetFrom: 'x' }, 'Ruleset From: got "x"'],
		[{ rulesetFrom: 'ruleset' }, 'Ruleset: got nothing'],
		[{ rulesetFrom: 'ruleset', ruleset: 'my rules' }, 'Ruleset: got "my rules"'],
		[{ rulesetFrom: 'ruleset', ruleset: ID }, 'which is the zone'],
	])('refuses %j', (more, message) => {
		const mistakes = new Map([[ID, 'the zone']]);
		expect(() => chooseRuleset({ ...fields, ...more }, mistakes)).toThrow(message);
	});
});
