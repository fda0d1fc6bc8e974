/** What an attacker, a broken playbook or an AI agent may put into a field. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { DateTime } from '../luxon.cjs';
import { FUZZ_RUNS, sampleOf, seedOf, someOf } from './plan.cjs';
import { nastyText, nastyValue } from '../nastyText.cjs';

/** Stands in many hostile texts and keys; nothing of ours says it, so where it turns up is where a value went. */
export const MARK = 'zqx7';

/** To a person the same as others; to programs not. */
const HEX = '0123456789abcdef0123456789abcdef';
const UUID = 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415';

const PATHS = [
	'..',
	'.',
	`../${MARK}`,
	`../../${MARK}`,
	`/${MARK}`,
	`%2e%2e%2f${MARK}`,
	`%2E%2E/${MARK}`,
	`..%2f..%2f${MARK}`,
	`..;/${MARK}`,
	`..\\${MARK}`,
	`%252e%252e%252f${MARK}`,
	`%c0%ae%c0%ae/${MARK}`,
	`${HEX}/../${MARK}`,
	`${HEX}/rulesets`,
	`${HEX}%2frulesets`,
	`${HEX}?x=${MARK}`,
	`${HEX}#${MARK}`,
	`${HEX};${MARK}`,
	`?${MARK}=1`,
	`&${MARK}=1`,
	`#${MARK}`,
	`@evil.example/${MARK}`,
	`:pass@evil.example`,
	`//evil.example/${MARK}`,
	`\\\\evil.example\\${MARK}`,
	`https://evil.example/${MARK}`,
	`https://api.cloudflare.com.evil.example/client/v4/zones`,
	`https://api.cloudflare.com/client/v4/user/tokens?${MARK}`,
	`javascript:${MARK}`,
	`file:///etc/passwd`,
] as const;

const LINES = [
	`${MARK}\r\nX-Evil: 1`,
	`${MARK}\r\n\r\nGET / HTTP/1.1`,
	`\n${MARK}`,
	`${MARK}\0`,
	`\0`,
	`\u0007\u001b[31m${MARK}`,
	`\u007f\u0085`,
	`${MARK}\ud800`,
	`\udfff${MARK}`,
	`\u202e${MARK}\u202c`,
	`\u200b`,
	`ex\u200bample.com`,
	`\ufeff${MARK}`,
	`\u2028\u2029`,
	` \t\u00a0 `,
] as const;

const QUOTES = [
	`"`,
	`'`,
	'`',
	`\\`,
	`"} or true or ip.src in {`,
	`") or true or ("${MARK}`,
	`\\" or true #`,
	`" or http.host eq "${MARK}`,
	`{0.0.0.0/0}`,
	`$${MARK}`,
	`$cf.malware`,
	`r#"${MARK}"#`,
	`{"${MARK}":1}`,
	`[{"${MARK}":1}]`,
	`","${MARK}":"`,
	`{"__proto__":{"${MARK}":1}}`,
	`{"constructor":{"prototype":{"${MARK}":1}}}`,
	`{`,
	`[`,
	'null',
	'true',
	'{{ $json }}',
	'={{ 1 + 1 }}',
	`=${MARK}`,
	`\${${MARK}}`,
	`<script>${MARK}</script>`,
	`'; DROP TABLE ${MARK}; --`,
] as const;

const NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'length',
	'then',
];

/** Nearly what a field takes, and what other fields take. */
const NEAR = [
	'',
	' ',
	HEX,
	HEX.toUpperCase(),
	HEX.slice(1),
	`${HEX}0`,
	`${HEX.slice(1)}g`,
	`${HEX.slice(1)}\u0430`,
	` ${HEX}\n`,
	UUID,
	'example.com',
	'example.com.',
	'.example.com',
	'EXAMPLE.com',
	'example.com:443',
	'*.example.com',
	'ex\u0430mple.com',
	'xn--e1afmkfd.xn--p1ai',
	`${'a'.repeat(64)}.example.com`,
	'example.com, example.net, example.com',
	',,,',
	'203.0.113.7',
	'203.0.113.7/33',
	'203.0.113.07',
	'0x7f.1',
	'1.2.3',
	'0.0.0.0/0',
	'::/0',
	'::ffff:1.2.3.4',
	'2001:db8::/129',
	'fe80::1%eth0',
	'AS64496',
	'AS-1',
	'AS4294967296',
	'XX',
	'n8n_blocklist',
	'$n8n_blocklist',
	'2026-02-30',
	'2026-11-20T25:00:00Z',
	'+275760-09-13T00:00:00.001Z',
	'-1',
	'1e3',
	'0x10',
	'9007199254740993',
	'99999999999999999999999999',
	'yesterday',
	'mailto:a@b',
	'a@evil.example',
] as const;

const deep = (levels: number): unknown => {
	let value: unknown = MARK;
	for (let level = 0; level < levels; level += 1) value = [value];
	return value;
};

/** With a key that no JSON text could give as an own one, and one that it does. */
const polluted = () => JSON.parse(`{"__proto__":{"${MARK}":1},"${MARK}":2}`) as unknown;

const circular = (): unknown => {
	const value: Record<string, unknown> = { [MARK]: 1 };
	value.self = value;
	return value;
};

/** As functions, so that no run changes what the next one is given. */
const VALUES: ReadonlyArray<() => unknown> = [
	() => undefined,
	() => null,
	() => NaN,
	() => -0,
	() => 0,
	() => -1,
	() => 1.5,
	() => 1e308,
	() => Infinity,
	() => 2 ** 53,
	() => true,
	() => false,
	() => 5n,
	() => Symbol(MARK),
	() => () => MARK,
	() => new Date('2026-11-20T12:00:00Z'),
	() => new Date(NaN),
	() => new Date(8.64e15),
	() => DateTime.fromISO('2026-11-20T12:00:00Z'),
	() => DateTime.invalid(MARK),
	() => new Map([[MARK, 1]]),
	() => new Set([MARK]),
	() => /zqx7/,
	() => Buffer.from(MARK),
	() => new Error(MARK),
	() => Promise.resolve(MARK),
	() => [],
	() => [[]],
	() => [null],
	() => [undefined, MARK],
	() => [`${MARK}/..`, 7],
	() => new Array(3),
	() => ({}),
	() => ({ [MARK]: 1 }),
	() => [{ [MARK]: 1 }],
	() => ({ value: MARK }),
	() => ({ value: { [MARK]: 1 } }),
	() => ({ __rl: true, mode: 'name', value: [MARK] }),
	() => ({ __rl: true, mode: MARK, value: HEX }),
	() => ({ __rl: true, mode: 'id', value: '' }),
	() => ({ value: 1, mode: 2 }),
	() => Object.create(null) as unknown,
	() => ({ toString: 1, valueOf: 2 }),
	() => ({ toJSON: () => `../${MARK}` }),
	polluted,
	circular,
	() => deep(2_000),
	() => ({ length: 1e9 }),
	() => Array.from({ length: 3_000 }, (_, index) => `${MARK}${index}`),
];

const LONG: ReadonlyArray<() => string> = [
	() => MARK.repeat(262_144),
	() => '../'.repeat(350_000),
	() => '"'.repeat(1_000_000),
	() => '1.2.3.4,'.repeat(2_000),
	() => 'example.com\n'.repeat(90_000),
	() => '['.repeat(1_000_000),
	() => ' '.repeat(1_000_000),
	() => '0'.repeat(1_000_000),
	() => `${'a.'.repeat(500_000)}com`,
];

/** A value in the making: made anew for each run, with a text for the report. */
export interface Hostile {
	make(): unknown;
	shown: string;
}

const cut = (text: string) =>
	text.length > 200 ? `${text.slice(0, 200)}… (${text.length})` : text;

const hostile = (make: () => unknown): Hostile => ({
	make,
	get shown() {
		return cut(inspect(make(), { depth: 4, maxArrayLength: 5, breakLength: Infinity }));
	},
});

const texts = [...PATHS, ...LINES, ...QUOTES, ...NAMES, ...NEAR].map((text) => hostile(() => text));

/** What is tried on every field, one after the other, before anything random. */
const knownHostile: readonly Hostile[] = [...texts, ...VALUES.map(hostile)];

/** Texts of a million signs; they take longer than everything else. */
const longHostile: readonly Hostile[] = LONG.map(hostile);

const wrapped = (usual: unknown): fc.Arbitrary<unknown> => {
	if (typeof usual !== 'string' || usual === '') return nastyText;
	return fc
		.tuple(fc.constantFrom(...PATHS, ...LINES, ...QUOTES), fc.nat({ max: usual.length }))
		.map(([piece, at]) => usual.slice(0, at) + piece + usual.slice(at));
};

/** Random ones: any text, any value, lists of them, and the field's usual value with something hostile put into it. */
const randomHostile = (usual: unknown): fc.Arbitrary<Hostile> =>
	fc
		.oneof(
			{ arbitrary: wrapped(usual), weight: 4 },
			{ arbitrary: nastyText, weight: 3 },
			{ arbitrary: nastyValue, weight: 2 },
			{ arbitrary: fc.array(nastyText, { maxLength: 4 }), weight: 1 },
		)
		.map((value) => hostile(() => value));

/** Some of the known ones that are texts, as a form holds them. */
export const knownTexts = (name: string, count: number): readonly string[] =>
	someOf(name, [...PATHS, ...LINES, ...QUOTES, ...NAMES, ...NEAR], count);

/** What a field gets: some of what is known, random ones, and now and then a text of a million signs. */
export function hostileFor(name: string, usual: unknown): Hostile[] {
	const known = Math.min(knownHostile.length, Math.ceil(FUZZ_RUNS * 0.7));
	const isLong = FUZZ_RUNS >= 50 || seedOf(name) % 20 === 0;
	return [
		...someOf(name, knownHostile, known),
		...sampleOf(name, randomHostile(usual), FUZZ_RUNS - known),
		...(isLong ? someOf(name, longHostile, 1) : []),
	];
}

/** Whether a text that would tell of a crash is what was typed. */
export const saidBy =
	({ make }: Hostile) =>
	(text: string): boolean => {
		const value = make();
		return ['string', 'number'].includes(typeof value) && String(value).includes(text);
	};
