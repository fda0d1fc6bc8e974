import fc from 'fast-check';
import { evaluate, parse } from '../../../sandbox/cloudflare/rulesLanguage.cjs';
import {
	buildExpression,
	type Condition,
} from '../../../nodes/CloudflareSecurity/firewall/expression';
import { readAddressTests } from '../../../nodes/CloudflareSecurity/firewall/addressesInExpression';
import {
	addressVerdict,
	listsIn,
	looksAtOrigin,
	type Held,
} from '../../../nodes/CloudflareSecurity/firewall/addressVerdict';
import { parseNetwork } from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import { nastyText } from '../../support/nastyText.cjs';

const ALICE = '203.0.113.7';
const net = (text: string) => parseNetwork(text)!;
/** These lists hold Alice, the others do not; those of Cloudflare cannot be read. */
const held = (name: string): Held => {
	if (name.startsWith('cf.')) return 'unknown';
	return name === 'bad' ? 'all' : 'none';
};
const verdict = (expression: string, address = ALICE) =>
	addressVerdict(readAddressTests(expression), net(address), held);
const certainty = (expression: string, address = ALICE) => verdict(expression, address).certainty;

describe('what an expression says about an address', () => {
	test.each([
		['ip.src eq 203.0.113.7', 'certain'],
		['(ip.src == 203.0.113.7)', 'certain'],
		['ip.src eq 203.0.113.8', 'never'],
		['ip.src ne 203.0.113.8', 'certain'],
		['not ip.src in {203.0.113.0/24}', 'never'],
		['ip.src in {198.51.100.1 203.0.113.0/24 2001:db8::/32}', 'certain'],
		['ip.src in {203.0.113.6..203.0.113.9}', 'certain'],
		['ip.src in {203.0.113.6 .. 203.0.113.9}', 'certain'],
		['ip.src in{203.0.113.8..203.0.113.9}', 'never'],
		['ip.src in $bad', 'certain'],
		['ip.src in $good', 'never'],
		['ip.src in $cf.open_proxies', 'depends'],
		['ip.src in $bad and http.host eq "a.example"', 'depends'],
		['ip.src in $good and http.host eq "a.example"', 'never'],
		['ip.src in $bad or http.host eq "a.example"', 'certain'],
		['ip.src in $good or http.host eq "a.example"', 'unrelated'],
		['http.request.uri.path eq "/admin" and not ip.src in $good', 'unrelated'],
		['http.request.uri.path eq "/admin" and not ip.src in $bad', 'never'],
		['ip.src in $bad or ssl and ip.src in $good', 'certain'],
		['(ip.src in $bad or ssl) and ip.src in $good', 'never'],
		['ip.src in $bad xor ip.src in {203.0.113.0/24}', 'never'],
		['ip.src in $bad ^^ ssl', 'depends'],
		['true', 'certain'],
		['not true', 'never'],
		['cidr(ip.src, 24, 64) eq 203.0.113.0', 'depends'],
		['ip.src.country in {"KP"}', 'unrelated'],
		['any(http.request.headers["x-ip"][*] eq "203.0.113.7") and ip.src in $bad', 'depends'],
		['http.user_agent strict wildcard "*x*" && ip.src in $bad', 'depends'],
		['!(ip.src in $bad)', 'never'],
		['cf.edge.server_port in {80 8000..8009}', 'unrelated'],
		['any(lower(http.request.uri.args["q"][*])[*] contains "ip.src in $bad")', 'unrelated'],
		['http.host in $bad', 'unrelated'],
	] as const)('%s: %s', (expression, expected) => {
		expect(certainty(expression)).toBe(expected);
	});

	test.each([
		'http.user_agent eq "\\" or ip.src in $bad or \\""',
		'http.user_agent matches r#"" or ip.src in {203.0.113.7} or r""#',
		'lower(http.user_agent) contains "ip.src eq 203.0.113.7"',
		'http.request.headers["ip.src"][0] eq "203.0.113.7"',
	])('text in a string is never a test: %s', (expression) => {
		expect(certainty(expression)).toBe('unrelated');
	});

	test.each([
		'ip.src in $bad or (',
		'ip.src in {203.0.113.7',
		'ip.src eq "203.0.113.7"',
		'ip.src in {203.0.113.0/33}',
		'ip.src in $bad # and more',
		'ip.src like 203.0.113.7',
		`${'('.repeat(500)}ip.src in $bad${')'.repeat(500)}`,
		'ip.src in $bad and http.host eq "a',
	])('what cannot be read may be about the address: %s', (expression) => {
		expect(certainty(expression)).toBe('depends');
	});

	test.each(['ssl and (', 'http.host eq "a', 'x.ip.src_not like 3', ''])(
		'and %j is not about it',
		(expression) => expect(certainty(expression)).toBe('unrelated'),
	);

	test('a network can be held in part, or by several ranges together', () => {
		const part = verdict('ip.src in {203.0.113.7}', '203.0.113.0/24');
		expect(part).toMatchObject({ certainty: 'depends', isPart: true, ranges: [ALICE] });
		expect(certainty('ip.src in {203.0.113.0/25 203.0.113.128/25}', '203.0.113.0/24')).toBe(
			'certain',
		);
		expect(certainty('ip.src in {203.0.113.128/25 203.0.113.0/26}', '203.0.113.0/24')).toBe(
			'depends',
		);
		expect(certainty('not ip.src in {203.0.112.0/22}', '203.0.113.0/24')).toBe('never');
	});

	test('names what it found', () => {
		const found = verdict('ip.src in $bad or ip.src in {203.0.113.0/24} or ip.src in $good');
		expect(found).toMatchObject({
			ranges: ['203.0.113.0..203.0.113.255'],
			lists: ['bad'],
			isMet: true,
		});
		expect(listsIn(readAddressTests('not ip.src in $a or ssl and ip.src in $cf.b'))).toEqual([
			'a',
			'cf.b',
		]);
		expect(looksAtOrigin(readAddressTests('ssl and not ip.src.asnum in {1 2}'))).toBe(true);
		expect(looksAtOrigin(readAddressTests('ip.src in $bad'))).toBe(false);
	});
});

const addresses = ['203.0.113.7', '203.0.113.200', '198.51.100.1', '2001:db8::7', '2001:db8:1::1'];
const networks = ['203.0.113.0/24', '203.0.113.0..203.0.113.99', '2001:db8::/48', '0.0.0.0/8'];
const condition: fc.Arbitrary<Condition> = fc.oneof(
	fc.record({
		field: fc.constant('ip.src'),
		operator: fc.constantFrom('eq' as const, 'ne' as const),
		values: fc.constantFrom(...addresses),
	}),
	fc.record({
		field: fc.constant('ip.src'),
		operator: fc.constantFrom('in' as const, 'notIn' as const),
		values: fc.array(fc.constantFrom(...addresses, ...networks), { minLength: 1, maxLength: 4 }),
	}),
	fc.record({
		field: fc.constant('ip.src'),
		operator: fc.constantFrom('inList' as const, 'notInList' as const),
		values: fc.constantFrom('bad', 'good'),
	}),
	fc.record({
		field: fc.constantFrom('http.user_agent', 'http.host'),
		operator: fc.constantFrom('eq' as const, 'contains' as const, 'notContains' as const),
		values: fc.oneof(fc.constantFrom('bot', 'ip.src in $bad'), nastyText),
	}),
);

/** The stand-in's own evaluation, written from the documentation alone. */
function truth(expression: string, address: string, userAgent: string): boolean {
	const lists: Record<string, string[]> = { bad: ['203.0.113.7', '2001:db8::7'], good: [] };
	return evaluate(parse(expression), {
		field: (name) => (name === 'ip.src' ? address : userAgent),
		listHas: (name, value) => lists[name].includes(String(value)),
	});
}

describe('as the stand-in evaluates it', () => {
	const inLists = (address: string) => (name: string) =>
		name === 'bad' && ['203.0.113.7', '2001:db8::7'].includes(address)
			? ('all' as const)
			: ('none' as const);

	function check(expression: string): string[] {
		return addresses.map((address) => {
			const said = addressVerdict(readAddressTests(expression), net(address), inLists(address));
			const found = ['', 'bot', 'x'].map((agent) => truth(expression, address, agent));
			if (said.certainty === 'certain') expect(found).toEqual([true, true, true]);
			if (said.certainty === 'never') expect(found).toEqual([false, false, false]);
			return said.certainty;
		});
	}

	test('what the builder writes', () => {
		const seen = new Set<string>();
		fc.assert(
			fc.property(
				fc.array(condition, { minLength: 1, maxLength: 4 }),
				fc.constantFrom('and' as const, 'or' as const),
				(conditions, combine) => {
					let expression: string;
					try {
						expression = buildExpression(conditions, combine);
					} catch {
						return;
					}
					for (const said of check(expression)) seen.add(said);
				},
			),
			{ numRuns: 1000 },
		);
		expect(seen).toEqual(new Set(['certain', 'never', 'depends', 'unrelated']));
	});

	test('also with other brackets, negations and words', () => {
		const { expression } = fc.letrec<{ expression: string }>((tie) => ({
			expression: fc.oneof(
				{ maxDepth: 4 },
				condition.map((one) => {
					try {
						return buildExpression([one], 'and');
					} catch {
						return 'ip.src in $bad';
					}
				}),
				fc.constantFrom('true', 'false'),
				tie('expression').map((inner) => `not ${inner}`),
				tie('expression').map((inner) => `!(${inner})`),
				tie('expression').map((inner) => `( ${inner}\n)`),
				fc
					.tuple(
						tie('expression'),
						fc.constantFrom('and', '&&', 'or', '||', 'xor', '^^'),
						tie('expression'),
					)
					.map((parts) => parts.join(' ')),
			),
		}));
		fc.assert(
			fc.property(expression, (text) => {
				check(text);
			}),
			{ numRuns: 1000 },
		);
	});

	test('whatever is read ends with an answer', () => {
		const word = fc.constantFrom(
			...'ip.src in eq not and or ( ) { } [ ] $bad 203.0.113.7 .. "a" r# " ! && true any , * # \\'.split(
				' ',
			),
		);
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.array(word).map((words) => words.join(' ')),
				),
				(text) => {
					expect(typeof certainty(text)).toBe('string');
				},
			),
			{ numRuns: 1000 },
		);
	});
});
