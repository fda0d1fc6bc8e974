import fc from 'fast-check';
import * as ipaddr from 'ipaddr.js';
import { cleanAddress } from '../../../nodes/CloudflareSecurity/firewall/cleanAddress';
import { formatNetwork, parseNetwork } from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import { refang } from '../../../nodes/CloudflareSecurity/firewall/refang';
import { nastyText, nastyValue } from '../../support/nastyText.cjs';

const RUNS = { numRuns: 3000 };

/** The network and the notes' codes, or the refusal's code. */
function clean(value: unknown): [string, ...string[]] {
	const result = cleanAddress(value);
	return 'network' in result
		? [formatNetwork(result.network), ...result.notes.map(({ code }) => code)]
		: [result.refused.code];
}

describe('an address as people paste it', () => {
	it.each([
		['192.0.2.7', '192.0.2.7'],
		['2001:DB8:0:0::7', '2001:db8::7'],
		['192.0.2.0/24', '192.0.2.0/24'],
		['2001:db8::/32', '2001:db8::/32'],
		['192.0.2.7/32', '192.0.2.7'],
		['0.0.0.0/0', '0.0.0.0/0'],
		// Blanks and what cannot be seen around it.
		[' \t192.0.2.7\r\n', '192.0.2.7'],
		['\u00a0192.0.2.7\u3000', '192.0.2.7'],
		['\ufeff192.0.2.7', '192.0.2.7'],
		['\u200e192.0.2.7\u202c', '192.0.2.7'],
		// Quotes, brackets, punctuation.
		['"192.0.2.7"', '192.0.2.7'],
		["'192.0.2.7',", '192.0.2.7'],
		['`192.0.2.7`', '192.0.2.7'],
		['“192.0.2.7”', '192.0.2.7'],
		['„192.0.2.7“', '192.0.2.7'],
		['«192.0.2.7»', '192.0.2.7'],
		['(192.0.2.7).', '192.0.2.7'],
		['[192.0.2.7]', '192.0.2.7'],
		['{192.0.2.7}', '192.0.2.7'],
		['<192.0.2.7>', '192.0.2.7'],
		[' ( "192.0.2.7" ) ;', '192.0.2.7'],
		['192.0.2.7)', '192.0.2.7'],
		['(192.0.2.7', '192.0.2.7'],
		['"192.0.2.7', '192.0.2.7'],
		[',192.0.2.7', '192.0.2.7'],
		[';192.0.2.7', '192.0.2.7'],
		['192.0.2.7.', '192.0.2.7'],
		['192.0.2.7,', '192.0.2.7'],
		['192.0.2.7:', '192.0.2.7'],
		['192.0.2.7?!', '192.0.2.7'],
		['2001:db8::7:', '2001:db8::7'],
		['2001:db8::', '2001:db8::'],
		['2001:db8::.', '2001:db8::'],
		['::', '::'],
		['[2001:db8::7]', '2001:db8::7'],
		['[2001:db8::]/32', '2001:db8::/32'],
		['192.0.2.0/24.', '192.0.2.0/24'],
		// Defanged.
		['192[.]0[.]2[.]7', '192.0.2.7', 'defanged'],
		['192.0.2[.]7', '192.0.2.7', 'defanged'],
		['192(.)0(.)2(.)7', '192.0.2.7', 'defanged'],
		['192{.}0{.}2{.}7', '192.0.2.7', 'defanged'],
		['192[dot]0(dot)2{DOT}7', '192.0.2.7', 'defanged'],
		['192 [.] 0 (dot) 2 [.] 7', '192.0.2.7', 'defanged'],
		['192\\.0\\.2\\.7', '192.0.2.7', 'defanged'],
		['192\\\\.0\\\\.2\\\\.7', '192.0.2.7', 'defanged'],
		['[192[.]0[.]2[.]7]', '192.0.2.7', 'defanged'],
		['2001[:]db8[:][:]7', '2001:db8::7', 'defanged'],
		['192[.]0[.]2[.]0/24', '192.0.2.0/24', 'defanged'],
		// With a port.
		['192.0.2.7:443', '192.0.2.7', 'portDropped'],
		['192.0.2.7:0', '192.0.2.7', 'portDropped'],
		['192.0.2.7:65535', '192.0.2.7', 'portDropped'],
		['[192.0.2.7]:443', '192.0.2.7', 'portDropped'],
		['[2001:db8::7]:443', '2001:db8::7', 'portDropped'],
		['"[2001:db8::7]:443",', '2001:db8::7', 'portDropped'],
		['192[.]0[.]2[.]7[:]443', '192.0.2.7', 'defanged', 'portDropped'],
		['2001:db8::7:443', '2001:db8::7:443'],
		// As the host of a URL.
		['http://192.0.2.7', '192.0.2.7', 'hostOfUrl'],
		['HTTPS://192.0.2.7/a?b#c', '192.0.2.7', 'hostOfUrl'],
		['http://192.0.2.7?b', '192.0.2.7', 'hostOfUrl'],
		['http://192.0.2.7#c', '192.0.2.7', 'hostOfUrl'],
		['http://192.0.2.7./a', '192.0.2.7', 'hostOfUrl'],
		['<http://192.0.2.7/a>', '192.0.2.7', 'hostOfUrl'],
		['http://192.0.2.7/24', '192.0.2.7', 'hostOfUrl'],
		['http://192.0.2.7/@example.com/', '192.0.2.7', 'hostOfUrl'],
		['http://192.0.2.7:8080/a', '192.0.2.7', 'hostOfUrl', 'portDropped'],
		['ssh://root@192.0.2.7:22', '192.0.2.7', 'hostOfUrl', 'portDropped'],
		['ftp://a:b@192.0.2.7/', '192.0.2.7', 'hostOfUrl'],
		['http://198.51.100.9@192.0.2.7/', '192.0.2.7', 'hostOfUrl'],
		['http://[2001:db8::7]/a', '2001:db8::7', 'hostOfUrl'],
		['http://[2001:db8::7]:8080/a', '2001:db8::7', 'hostOfUrl', 'portDropped'],
		['hxxp://192.0.2.7/x', '192.0.2.7', 'hostOfUrl'],
		['hxxps[:]//192[.]0[.]2[.]7/x', '192.0.2.7', 'defanged', 'hostOfUrl'],
		['hXXp[://]192.0.2.7', '192.0.2.7', 'defanged', 'hostOfUrl'],
		['http[:]\\/\\/192.0.2.7\\/x', '192.0.2.7', 'defanged', 'hostOfUrl'],
		['192.0.2.7/', '192.0.2.7', 'hostOfUrl'],
		['192.0.2.7/admin', '192.0.2.7', 'hostOfUrl'],
		['192.0.2.7/?24', '192.0.2.7', 'hostOfUrl'],
		['192.0.2.7:443/admin', '192.0.2.7', 'hostOfUrl', 'portDropped'],
		// IPv4 inside IPv6.
		['::ffff:192.0.2.7', '192.0.2.7', 'mappedIpv4'],
		['::FFFF:c000:207', '192.0.2.7', 'mappedIpv4'],
		['[::ffff:192.0.2.7]:443', '192.0.2.7', 'portDropped', 'mappedIpv4'],
		['::ffff:192.0.2.0/120', '192.0.2.0/24', 'mappedIpv4'],
		['::ffff:192.0.2.7/24', '::/24', 'hostBitsCleared'],
		['64:ff9b::192.0.2.7', '64:ff9b::c000:207'],
		['2002:c000:207::1', '2002:c000:207::1'],
		// Host bits.
		['192.0.2.7/24', '192.0.2.0/24', 'hostBitsCleared'],
		['2001:db8::7/64', '2001:db8::/64', 'hostBitsCleared'],
		['::ffff:192.0.2.7/120', '192.0.2.0/24', 'hostBitsCleared', 'mappedIpv4'],
		['192.0.2.7/0', '0.0.0.0/0', 'hostBitsCleared'],
	])('%j is %s', (text, ...expected) => {
		expect(clean(text)).toEqual(expected);
	});

	it('comes with sentences about what was done', () => {
		const result = cleanAddress('hxxp[:]//[::ffff:192.0.2.7]:8080/a');
		expect('notes' in result && result.notes).toEqual([
			{ code: 'defanged', text: 'the defanging was undone' },
			{ code: 'hostOfUrl', text: 'the host of a URL was taken' },
			{ code: 'portDropped', text: 'the port 8080 was dropped' },
			{ code: 'mappedIpv4', text: '::ffff:192.0.2.7 is 192.0.2.7 in IPv4' },
		]);
		const network = cleanAddress('192.0.2.7/24');
		expect('notes' in network && network.notes[0].text).toBe(
			'the host bits of 192.0.2.7/24 were cleared',
		);
	});
});

describe('what is not guessed at', () => {
	it.each([
		['empty', undefined, null, '', ' ', '\n', '""', '()', '.', '\u200b'],
		['notText', true, {}, [], ['192.0.2.7'], Symbol('x'), () => '192.0.2.7', new Date(0)],
		[
			'wholeNumber',
			3221225991,
			3221225991n,
			NaN,
			7,
			'3221225991',
			'http://3221225991/',
			'030000001007',
		],
		[
			'octalForm',
			'0300.0.2.7',
			'192.0.02.7',
			'192.0.2.007',
			'192.0.2.08',
			'010.1',
			'[00.0.0.0]:80',
		],
		[
			'hexadecimalForm',
			'0xc0000207',
			'0xc0.0.2.7',
			'192.0.2.0x7',
			'0XC0.0x0.0x2.0x7',
			'http://0x7f.1/',
		],
		['shortForm', '192.0', '127.1', '192.0.2', '192.0.2/24', 'http://127.1:80/'],
		[
			'zoneIdentifier',
			'fe80::1%eth0',
			'fe80::1%25eth0',
			'[fe80::1%1]:80',
			'192.0.2.7%eth0',
			'fe80::%',
		],
		[
			'hostName',
			'example.com',
			'example.com.',
			'example.com:443',
			'http://example.com/192.0.2.7',
			'http://192.0.2.7@example.com/',
			'192.0.2.7.example.com',
			'192.0.2.7.nip.io',
			'7.2.0.192.in-addr.arpa',
			'bücher.example',
			'пример.example',
			'localhost',
			'unknown',
			'd41d8cd98f00b204e9800998ecf8427e',
			'ip-192-0-2-7',
			'v1.2.3.4',
		],
		[
			'unusualCharacters',
			'１９２.０.２.７',
			'192．0．2．7',
			'192。0。2。7',
			'192.0.2.७',
			'192.0.2.\u200b7',
			'192.0.2\u00ad.7',
			'192.0.2.7…',
			'①⑨②.0.2.7',
			'０xc0.0.2.7',
			'2001:dbа::1',
			'2001\uff1adb8::1',
			'1\u202e92.0.2.7',
		],
		[
			'severalValues',
			'192.0.2.7 198.51.100.9',
			'192.0.2.7, 198.51.100.9',
			'192.0.2.7,198.51.100.9',
			'192.0.2.7;198.51.100.9',
			'192.0.2.7|198.51.100.9',
			'192.0.2.7\n198.51.100.9',
			'from 192.0.2.7',
			'192.0.2.7; drop table',
			'192.0.2.7 / 24',
			'"192.0.2.7" "198.51.100.9"',
		],
		[
			'badPrefix',
			'192.0.2.0/33',
			'192.0.2.0/024',
			'192.0.2.0/-1',
			'192.0.2.0/255.255.255.0',
			'192.0.2.0/0.0.0.255',
			'192.0.2.0/24/25',
			'192.0.2.0//',
			'192.0.2.0/1e1',
			'2001:db8::/129',
			'[2001:db8::]/+32',
		],
		['badPort', '192.0.2.7:65536', '192.0.2.7:http', '192.0.2.7:443443', '[2001:db8::7]:x'],
		[
			'notAnAddress',
			'256.0.0.1',
			'192.0.2.7.9',
			'0192.0.2.7.9',
			'192.0.2.7..',
			'192.0.2.7...',
			'192..2.7',
			'192.0.2.-7',
			'192.0.2.*',
			'192.0.2.1-192.0.2.9',
			'192.0.2.1..192.0.2.9',
			'192,0,2,7',
			'192.0.2.7:443/24',
			'192.0.2.7#53',
			'root@192.0.2.7',
			'//192.0.2.7/x',
			'http://',
			'http:///192.0.2.7',
			'http://a@b@192.0.2.7/',
			'http://192.0.2.7\\@example.com/',
			'http://example.com\\@192.0.2.7/',
			'[2001:db8::7]x:443',
			'[[2001:db8::7]:443',
			'2001:db8:::7',
			'2001:db8::1::7',
			'1:2:3:4:5:6:7:8:443',
			'12:30:45',
			'00:11:22:33:44:55',
			'::ffff:010.0.0.1',
			'$(192.0.2.7)',
			'-',
			'*',
			`${'a'.repeat(256)}.example`,
			`192.0.2.7${' '.repeat(5000)}`,
			`http://192.0.2.7/${'a'.repeat(5000)}`,
		],
	])('%s', (code, ...values: unknown[]) => {
		for (const value of values) expect([value, ...clean(value)]).toEqual([value, code]);
	});

	it.each([
		[undefined, 'nothing was given'],
		['', 'an empty text holds no address'],
		['127.1', '"127.1" is short; write all four numbers, because programs fill it differently'],
		['192.0.2.0/33', '"192.0.2.0/33" needs a whole number from 0 to 32 after the slash'],
		['192.0.2.7:x', '"192.0.2.7:x" needs a port from 0 to 65535 after the colon'],
		['256.0.0.1', '"256.0.0.1" is no IP address: each number goes from 0 to 255'],
		[{ a: 'secret' }, 'a value of the type object is no text'],
		[['secret'], 'a list is no text'],
	])('%j is refused with a sentence', (value, reason) => {
		expect(cleanAddress(value)).toMatchObject({ refused: { reason } });
	});

	it('gives a refusal of one short line for anything else, and never fails', () => {
		fc.assert(
			fc.property(fc.oneof(nastyValue, nastyText), (value) => {
				const result = cleanAddress(value);
				if ('network' in result) return;
				expect(result.refused.reason).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
				expect(result.refused.reason.length).toBeLessThan(250);
			}),
			RUNS,
		);
	});
});

describe('any address', () => {
	const address = fc.oneof(fc.ipV4(), fc.ipV6());
	const network = fc
		.tuple(address, fc.option(fc.nat({ max: 32 }), { nil: undefined }))
		.map(([text, prefix]) => (prefix === undefined ? text : `${text}/${prefix}`));
	const wrap = fc.constantFrom<(text: string) => string>(
		(text) => ` ${text} `,
		(text) => `"${text}"`,
		(text) => `(${text})`,
		(text) => `<${text}>,`,
		(text) => `[${text}].`,
		(text) => text.replace(/\./g, '[.]'),
		(text) => text.replace(/\./g, '(dot)'),
		(text) => text.replace(/\./g, '\\.'),
		(text) => text.replace(/:/g, '[:]'),
		(text) => text.toUpperCase(),
	);

	it('is the same in any wrapping', () => {
		fc.assert(
			fc.property(network, fc.array(wrap, { maxLength: 3 }), (text, wraps) => {
				// A bracketed colon that is bracketed again is nothing that anybody writes.
				const wrapped = [...new Set(wraps)].reduce((inner, one) => one(inner), text);
				if (/\[\[[.:]|\\\[|\[\\|\[\(/.test(wrapped)) return;
				const result = cleanAddress(wrapped);
				const plain = cleanAddress(text);
				expect('network' in result && formatNetwork(result.network)).toBe(
					'network' in plain && formatNetwork(plain.network),
				);
			}),
			RUNS,
		);
	});

	it('is the one that ipaddr.js reads, with a port and in a URL too', () => {
		fc.assert(
			fc.property(address, fc.nat({ max: 65_535 }), (text, port) => {
				const host = text.includes(':') ? `[${text}]` : text;
				const expected = ipaddr.process(new URL(`http://${host}`).hostname.replace(/[[\]]/g, ''));
				for (const form of [text, `${host}:${port}`, `hxxp://${host}:${port}/24`]) {
					const result = cleanAddress(form);
					expect('network' in result && formatNetwork(result.network)).toBe(
						formatNetwork(parseNetwork(expected.toString())!),
					);
				}
			}),
			RUNS,
		);
	});

	it('is never put together: it stands in the text as it is', () => {
		const piece = fc.constantFrom(...'0127.:/[]"x%@, '.split(''), '[.]', '::', '//', '0x', '/24');
		const changed = fc
			.tuple(fc.ipV4(), fc.array(fc.tuple(fc.nat({ max: 16 }), fc.nat({ max: 2 }), piece)))
			.map(([address, changes]) =>
				changes
					.slice(0, 3)
					.reduce(
						(text, [at, cut, one]) => text.slice(0, at) + one + text.slice(at + cut),
						address,
					),
			);
		let read = 0;
		fc.assert(
			fc.property(changed, (text) => {
				const result = cleanAddress(text);
				if (!('network' in result)) return;
				const other = result.notes.some(({ code }) => /mapped|hostBits/.test(code));
				if (other || result.network.version === 6) return;
				read++;
				expect(refang(text)).toContain(formatNetwork(result.network).split('/')[0]);
			}),
			{ numRuns: 10_000 },
		);
		expect(read).toBeGreaterThan(500);
	});
});

describe('defanging', () => {
	it('takes no blank at one side only', () => {
		expect(refang('2001[:]db8[:][:] x 1[.] 2 [.]3 [.] 4')).toBe('2001:db8:: x 1. 2 .3.4');
	});

	it('leaves other text alone', () => {
		for (const text of ['a.b', 'see [1].', 'f(x)', '[:alpha:]', '\\d+', ':)', '(. )']) {
			expect(refang(text)).toBe(text);
		}
	});
});
