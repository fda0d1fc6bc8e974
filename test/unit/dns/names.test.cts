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
	['\\065\\\\066', 'A\\066'],
	['"a\\06" "5"', 'a065'],
	['\\256', '256'],
])('the text of %s is %s', (content, text) => {
	expect(plainText(content)).toBe(text);
});

test('bytes that are no UTF-8 are told apart', () => {
	expect(plainText('"\\195\\164"')).toBe(plainText('ä'));
	expect(plainText('"\\195"')).not.toBe(plainText('"\\164"'));
});

const anyText = fc.string({ unit: 'binary' });

/** A text as a zone file has it (RFC 1035, section 5.1): each byte bare where it may be, or in either escaped form. */
const zoneFile = (text: string) =>
	fc
		.array(fc.nat(3), { minLength: Buffer.byteLength(text), maxLength: Buffer.byteLength(text) })
		.map((choices) => {
			const pieces = [...Buffer.from(text)].map((byte, index) => {
				const sign = String.fromCharCode(byte);
				const number = `\\${String(byte).padStart(3, '0')}`;
				const isBare = byte < 0x80 && !'"\\'.includes(sign);
				const forms = [
					...(isBare ? [sign] : []),
					number,
					...(/[^\dA-Za-z]/.test(sign) && byte < 0x80 && byte >= 0x20 ? [`\\${sign}`] : []),
				];
				return forms[choices[index] % forms.length];
			});
			const splits = pieces.map((piece, index) => (choices[index] === 3 ? `${piece}" "` : piece));
			return { bare: pieces.join(''), quoted: `"${splits.join('')}"` };
		});

test('a text says the same in every form of a zone file, and another says something else', () => {
	const inForms = fc.record({ text: anyText, other: anyText }).chain(({ text, other }) =>
		fc.record({
			text: fc.constant(text),
			other: fc.constant(other),
			forms: zoneFile(text),
			otherForms: zoneFile(other),
		}),
	);
	fc.assert(
		fc.property(inForms, ({ text, other, forms, otherForms }) => {
			expect(plainText(forms.quoted)).toBe(plainText(forms.bare));
			expect(plainText(forms.bare) === plainText(otherForms.quoted)).toBe(text === other);
			if (!/["\\]/.test(text)) expect(plainText(forms.quoted)).toBe(plainText(text));
		}),
		{ numRuns: 1_000 },
	);
});

test('any text comes back as some name, in small letters', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(toAscii(text)).toBe(toAscii(text.toLowerCase()));
		}),
	);
});
