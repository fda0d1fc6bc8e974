import { domainToASCII, domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { toUnicode } from '../../../nodes/CloudflareSecurity/dns/punycode';

test.each([
	['example.com', 'example.com'],
	['xn--bcher-kva.example', 'bücher.example'],
	['www.xn--bcher-kva.xn--p1ai', 'www.bücher.рф'],
	['xn--r8jz45g.xn--zckzah', '例え.テスト'],
	['xn--99999999.example', 'xn--99999999.example'],
	['xn--a_b-c!d.example', 'xn--a_b-c!d.example'],
	['notxn--bcher-kva.example', 'notxn--bcher-kva.example'],
])('%s is %s', (name, unicode) => {
	expect(toUnicode(name)).toBe(unicode);
});

test('every name comes out as Node writes it', () => {
	const name = fc
		.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { minLength: 1 })
		.map((labels) => domainToASCII(labels.join('.')))
		.filter((ascii) => ascii !== '');
	fc.assert(
		fc.property(name, (ascii) => {
			expect(toUnicode(ascii)).toBe(domainToUnicode(ascii));
		}),
		{ numRuns: 2_000 },
	);
});

test('any text comes back as some text', () => {
	const digits = fc.string({ unit: fc.constantFrom(...'abz019-') });
	fc.assert(
		fc.property(fc.oneof(digits, fc.string()), (text) => {
			expect(typeof toUnicode(`xn--${text}`)).toBe('string');
		}),
	);
});
