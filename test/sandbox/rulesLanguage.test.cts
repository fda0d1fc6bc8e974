import fc from 'fast-check';
import {
	evaluate,
	parse,
	ParseError,
	type Expression,
	type Facts,
} from '../../sandbox/cloudflare/rulesLanguage.cjs';

const host = (value: string): Facts => ({
	field: (name) => (name === 'http.host' ? value : name === 'ssl' ? true : undefined),
	listHas: () => false,
});
const literalOf = (expression: Expression): unknown =>
	expression.kind === 'comparison' ? expression.right : expression;
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Any text, with more than its share of what could end a literal early. */
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.stringMatching(/^["\\#{}()r*$ a.]*$/),
	fc.constantFrom('" or true or http.host eq "', '\\" or true', '"#', '\\\\"', '\n" or ssl'),
);

test('any text in a quoted literal reads back as itself, and nothing else', () => {
	fc.assert(
		fc.property(text, (value) => {
			const expression = parse(`http.host eq ${quoted(value)}`);
			expect(literalOf(expression)).toEqual({ kind: 'string', value });
			expect(evaluate(expression, host(value))).toBe(true);
			expect(evaluate(expression, host(`${value}x`))).toBe(false);
		}),
	);
});

test('any text in a raw literal with enough # reads back as itself', () => {
	fc.assert(
		fc.property(text, (value) => {
			const longest = Math.max(
				-1,
				...[...value.matchAll(/"(#*)/g)].map(([, hashes]) => hashes.length),
			);
			const hashes = '#'.repeat(longest + 1);
			const expression = parse(`http.host eq r${hashes}"${value}"${hashes}`);
			expect(literalOf(expression)).toEqual({ kind: 'string', value, raw: true });
		}),
	);
});

test('any input either parses or is refused with a place in it', () => {
	const words = fc.constantFrom(
		'ip.src',
		'http.host',
		'ssl',
		'eq',
		'in',
		'{',
		'}',
		'(',
		')',
		'not',
		'and',
		'"a"',
		'1.2.3.4',
		'1.2.3.0/24',
		'::1',
		'..',
		'[*]',
		'any',
		'lower',
		'13',
		'$l',
		',',
		'\\',
	);
	const input = fc.oneof(
		text,
		fc.array(words).map((each) => each.join(' ')),
	);
	fc.assert(
		fc.property(input, (source) => {
			try {
				parse(source);
			} catch (error) {
				expect(error).toBeInstanceOf(ParseError);
				expect((error as ParseError).start).toBeLessThanOrEqual(source.length);
			}
		}),
		{ numRuns: 1000 },
	);
});

type Tree = { text: string; value: boolean; level: number };
const LEVELS = { or: 0, xor: 1, and: 2 } as const;
const SYMBOLS = { or: '||', xor: '^^', and: '&&' } as const;
const bracket = ({ text: inner, level }: Tree, least: number): string =>
	level < least ? `(${inner})` : inner;

/** Random logic, written with no more parentheses than the precedence needs, and its truth. */
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
	tree: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.boolean().map((value) => ({ text: value ? 'ssl' : 'http.host eq "-"', value, level: 4 })),
		tie('tree').map((inner) => ({
			text: `not ${bracket(inner, 3)}`,
			value: !inner.value,
			level: 3,
		})),
		fc
			.tuple(fc.constantFrom('or', 'xor', 'and'), tie('tree'), tie('tree'), fc.boolean())
			.map(([kind, left, right, symbolic]) => ({
				text: `${bracket(left, LEVELS[kind])} ${symbolic ? SYMBOLS[kind] : kind} ${bracket(right, LEVELS[kind] + 1)}`,
				value: {
					or: left.value || right.value,
					xor: left.value !== right.value,
					and: left.value && right.value,
				}[kind],
				level: LEVELS[kind],
			})),
	),
}));

test('not binds tighter than and, and tighter than xor, xor tighter than or', () => {
	fc.assert(
		fc.property(tree, ({ text: source, value }) => {
			expect(evaluate(parse(source), host('a'))).toBe(value);
		}),
	);
});

test.each([
	['', /1:1.*expected identifier/s],
	['http.hots eq "a"', /1:1.*\^{9} unknown identifier/s],
	['ssl and\n  nope(ip.src) eq "a"', /2:3.*unknown function/s],
	['http.host', /1:10.*expected operator/s],
	['http.host EQ "a"', /unknown operator/],
	['http.host eq "a" or', /expected identifier/],
	['http.host eq "a" "b"', /unrecognised input/],
	['http.host eq "a', /ending quote/],
	['http.host eq r##"a"#', /ending quote/],
	['http.host eq "\\d"', /invalid escape/],
	['http.host eq 1', /String, but got Integer/],
	['http.host in {"a", "b"}', /expected String literal/],
	['http.host in {"a" 1}', /String, but got Integer/],
	['http.host in {}', /at least one/],
	['http.host eq http.referer', /expected String literal/],
	['http.host matches "("', /invalid regular expression/],
	['ip.src eq "192.0.2.1"', /IP, but got String/],
	['ip.src eq 192.0.2.0/24', /inside a set/],
	['ip.src eq 192.0.2.256', /invalid IP/],
	['ip.src in {192.0.2.0/33}', /invalid network prefix/],
	['ip.src in {192.0.2.9..192.0.2.1}', /range bounds/],
	['ip.src in {192.0.2.1..2001:db8::1}', /range bounds/],
	['ip.src gt 192.0.2.1', /not allowed for type IP/],
	['ip.src.country in {RU}', /expected String literal/],
	['ip.src.asnum in {"AS13335"}', /Integer, but got String/],
	['ssl eq true', /unrecognised input/],
	['starts_with("a", "b")', /expected a field/],
	['starts_with(http.host)', /number of arguments/],
	['any(ssl)', /Array<Boolean>, but got Boolean/],
	['http.request.headers["x"] eq "v"', /cannot compare type Array<String>/],
	['http.request.headers["x"][*] eq "v"', /got Array<Boolean>/],
	['http.host[0] eq "a"', /cannot index/],
	['http.request.headers[0][*] eq "a"', /invalid index/],
	['(ssl', /expected "\)"/],
	[`${'('.repeat(200)}ssl${')'.repeat(200)}`, /too deeply/],
])('refuses %s', (source, message) => {
	expect(() => parse(source)).toThrow(message);
});
