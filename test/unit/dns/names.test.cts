import fc from 'fast-check';
import { fullName, plainText, toAscii } from '../../../nodes/CloudflareSecurity/dns/names';

test.each([
	['@', 'example.com'],
	['www', 'www.example.com'],
	['WWW.Example.com.', 'www.example.com'],
	['example.com', 'example.com'],
	['notexample.com', 'notexample.com.example.com'],
	['_sip._tcp', '_sip._tcp.example.com'],
	['*.a', '*.a.example.com'],
	['bücher', 'xn--bcher-kva.example.com'],
])('the complete name of %s is %s', (given, complete) => {
	expect(fullName(given, 'example.com')).toBe(complete);
	expect(fullName(complete, 'example.com')).toBe(complete);
});

test.each(['@', 'bücher.example', 'xn--bcher-kva.example'])(
	'%s is the zone in Punycode',
	(given) => {
		expect(fullName(given, 'bücher.example')).toBe('xn--bcher-kva.example');
		expect(fullName(`www.${given}`.replace('.@', ''), 'bücher.example')).toBe(
			'www.xn--bcher-kva.example',
		);
	},
);

test.each([
	['v=spf1 -all', 'v=spf1 -all'],
	['"v=spf1 -all"', 'v=spf1 -all'],
	['"a" "b"  "c"', 'abc'],
	['"a \\" b\\\\"', 'a " b\\'],
	['"open', '"open'],
	['say "hello"', 'say "hello"'],
])('the text of %s is %s', (content, text) => {
	expect(plainText(content)).toBe(text);
});

test('quoting and splitting a text does not change what it says', () => {
	const escaped = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
	fc.assert(
		fc.property(fc.array(fc.string(), { minLength: 1 }), (parts) => {
			expect(plainText(parts.map(escaped).join(' '))).toBe(parts.join(''));
		}),
	);
});

test('any text comes back as some name, in small letters', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(toAscii(text)).toBe(toAscii(text.toLowerCase()));
		}),
	);
});
