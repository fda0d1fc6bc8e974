import fc from 'fast-check';
import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import { oneOf } from '../../../nodes/CloudflareSecurity/input/values';
import {
	apiPath,
	apiWord,
	hexId,
	uuid,
	type PathSegment,
} from '../../../nodes/CloudflareSecurity/transport/path';

const ID = '023e105f4ecef8ad9ca31a8372d0c353';
const BASE = 'https://api.cloudflare.com/client/v4';

/** What TypeScript would not let pass, as a slip or a cast would. */
const unchecked = (text: string) => text as PathSegment;

const hostileText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc
		.array(
			fc.constantFrom('.', '..', '/', '\\', '?', '#', '%2e', '%2F', '%', ';', '@', ':', '\n', 'a'),
		)
		.map((parts) => parts.join('')),
);

function built(value: string): string | undefined {
	try {
		return apiPath`/zones/${unchecked(value)}/rulesets`.text;
	} catch (error) {
		if (error instanceof InputError) return undefined;
		throw error;
	}
}

describe('the path template', () => {
	test('keeps its segments, whatever value goes in', () => {
		fc.assert(
			fc.property(hostileText, (value) => {
				const text = built(value);
				if (text === undefined) return;
				const segments = text.split('/');
				expect(segments).toEqual(['', 'zones', expect.any(String), 'rulesets']);
				expect(decodeURIComponent(segments[2])).toBe(value);
				// As an HTTP client reads it: no dot segment, query or fragment comes out of a value.
				const url = new URL(BASE + text);
				expect(url.href).toBe(BASE + text);
				expect(url.search + url.hash).toBe('');
				expect(url.pathname.split('/')).toHaveLength(6);
			}),
			{ numRuns: 3000 },
		);
	});

	test.each(['', '.', '..', '\ud800'])('refuses %j', (value) => {
		expect(() => apiPath`/zones/${unchecked(value)}`).toThrow(InputError);
	});

	test('takes a path as a part of another', () => {
		const scope = apiPath`/zones/${hexId(ID, { field: 'Zone' })}`;
		expect(apiPath`${scope}/rulesets/${unchecked('a b')}`.text).toBe(`/zones/${ID}/rulesets/a%20b`);
		expect(String(scope)).toBe(`/zones/${ID}`);
	});
});

describe('hexId', () => {
	test.each([ID, ID.toUpperCase(), ` ${ID}\n`])('takes %j', (value) => {
		expect(hexId(value, { field: 'Zone' })).toBe(ID);
	});

	test.each<[given: unknown, hint: string]>([
		['', 'got an empty text'],
		['  ', 'got an empty text'],
		[undefined, 'got nothing'],
		[null, 'got nothing'],
		[42, 'got 42'],
		[{ value: ID }, `got {"value":"${ID}"}`],
		['example.com', 'got "example.com", which looks like a domain name: choose By Name'],
		['*.example.com', 'which looks like a domain name: choose By Name'],
		['https://dash.cloudflare.com/x', 'which is a URL'],
		['http://example.com', 'which is a URL'],
		['f174e90a-fafe-4643-bbbc-4a0ed4fc8415', 'which looks like a UUID'],
		[ID.slice(1), 'with 31 characters'],
		[`${ID}0`, 'with 33 characters'],
		[`${ID.slice(1)}g`, `got "${ID.slice(1)}g"`],
		[`${ID}/../x`, `got "${ID}/../x"`],
		['../user', 'got "../user"'],
	])('refuses %j', (value, hint) => {
		const attempt = () => hexId(value, { field: 'Zone', byName: 'choose By Name' });
		expect(attempt).toThrow(InputError);
		expect(attempt).toThrow(`Zone: ${hint.startsWith('got') ? hint : ''}`);
		expect(attempt).toThrow(hint);
	});

	test('does not speak of a choice that the field does not have', () => {
		const attempt = () => hexId('example.com', { field: 'Account' });
		expect(attempt).toThrow(/^Account: got "example\.com", which looks like a domain name$/);
	});

	test('recognises the id of another thing, in capitals too', () => {
		const mistakes = new Map([[ID, 'the account ID of the credential']]);
		const attempt = () => hexId(ID.toUpperCase(), { field: 'Zone', mistakes });
		expect(attempt).toThrow(`Zone: got "${ID}", which is the account ID of the credential`);
	});

	test('takes nothing but 32 hexadecimal characters', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), hostileText), (value) => {
				try {
					expect(hexId(value, { field: 'Zone' })).toMatch(/^[0-9a-f]{32}$/);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
				}
			}),
		);
	});
});

describe('uuid', () => {
	const UUID = 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415';

	test.each([UUID, UUID.toUpperCase(), ` ${UUID}\n`])('takes %j', (value) => {
		expect(uuid(value, { field: 'Insight' })).toBe(UUID);
	});

	test.each<[given: unknown, hint: string]>([
		['', 'got an empty text'],
		[undefined, 'got nothing'],
		[42, 'got 42'],
		['example.com', 'which looks like a domain name'],
		['https://dash.cloudflare.com/x', 'which is a URL'],
		[ID, 'which looks like the ID of an account, zone or ruleset'],
		['a'.repeat(64), 'with 64 characters'],
		[UUID.replaceAll('-', '').slice(1), 'with 31 characters'],
		[`${UUID}0`, `got "${UUID}0"`],
		[`{${UUID}}`, `got "{${UUID}}"`],
		[`${UUID}/../x`, `got "${UUID}/../x"`],
	])('refuses %j', (value, hint) => {
		const attempt = () => uuid(value, { field: 'Insight' });
		expect(attempt).toThrow(InputError);
		expect(attempt).toThrow(hint);
	});

	test('recognises the id of another thing', () => {
		const mistakes = new Map([[ID, 'the zone ID of the credential']]);
		const attempt = () => uuid(ID, { field: 'Insight', mistakes });
		expect(attempt).toThrow(`Insight: got "${ID}", which is the zone ID of the credential`);
	});

	test('takes nothing but UUIDs', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), hostileText), (value) => {
				try {
					expect(uuid(value, { field: 'Insight' })).toMatch(/^[0-9a-f-]{36}$/);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
				}
			}),
		);
	});
});

describe.each([
	['oneOf', oneOf],
	['apiWord', apiWord],
])('%s', (_name, read) => {
	const words = ['http_ratelimit', 'ddos_l7'];

	test('takes a word of the list and names them all otherwise', () => {
		expect(read('ddos_l7', words, 'Phase')).toBe('ddos_l7');
		for (const value of ['ddos', '', undefined, 7, ['ddos_l7'], 'toString']) {
			let thrown: unknown;
			try {
				read(value, words, 'Phase');
			} catch (error) {
				thrown = error;
			}
			expect(thrown).toBeInstanceOf(InputError);
			expect(thrown).toMatchObject({ expected: 'One of: http_ratelimit, ddos_l7' });
		}
	});
});
