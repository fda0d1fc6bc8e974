import fc from 'fast-check';

const FRAGMENTS = [
	'"',
	'\\',
	'\\"',
	'"#',
	'"##',
	'r#"',
	'"} or ip.src in {',
	'") or true or ("',
	') or true or (',
	'" or http.host eq "',
	'$cf.open_proxies',
	'{}',
	'[*]',
	'*',
	'\\*',
	'a',
	'A',
	' ',
	',',
	'\n',
	'\r\n',
	'\t',
	'\0',
	'\u007f',
	'\u0085',
	'\u2028',
	'\u202e',
	'\ufeff',
	'\ud800',
	'\udfff',
	'😀',
	'é',
	'İ',
	'and',
	'not ',
	'192.0.2.1',
	'..',
	'/24',
	'__proto__',
	'"'.concat('#'.repeat(300)),
] as const;

/** Text as an attacker would choose it: pieces that close, open, escape and continue literals, and any characters. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
	fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 8 }).map((parts) => parts.join('')),
	// Without control characters, so that most texts get past the first check.
	fc
		.array(fc.constantFrom(...FRAGMENTS.filter((part) => !/[\p{Cc}\p{Cs}]/u.test(part))), {
			minLength: 1,
			maxLength: 12,
		})
		.map((parts) => parts.join('')),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.string({ unit: 'grapheme', maxLength: 40 }),
	// UTF-16 units one by one: halves of surrogate pairs as well.
	fc
		.array(fc.nat({ max: 0xffff }), { maxLength: 20 })
		.map((units) => String.fromCharCode(...units)),
);

/** Values of any type that JSON or an n8n expression can give, and some that they cannot. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
	nastyText,
	fc.anything({
		withBigInt: true,
		withDate: true,
		withMap: true,
		withNullPrototype: true,
		withSparseArray: true,
	}),
	fc.constantFrom(null, undefined, NaN, Infinity, -0, -1, 1.5, 1e21, 2 ** 53, true, false, 5n),
	fc.constantFrom(
		[[[['deep']]]],
		[null],
		[undefined],
		new Array(3),
		{ toString: 'x' },
		Symbol('s'),
	),
);
