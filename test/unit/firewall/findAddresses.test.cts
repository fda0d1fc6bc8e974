import fc from 'fast-check';
import * as ipaddr from 'ipaddr.js';
import { findAddresses } from '../../../nodes/CloudflareSecurity/firewall/findAddresses';
import { formatNetwork, parseNetwork } from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import { nastyText } from '../../support/nastyText.cjs';
import { expectInProportion } from '../../support/proportion.cjs';

const RUNS = { numRuns: 3000 };
const found = (text: string, limit = 100): string[] =>
	findAddresses(text, limit).addresses.map(({ network }) => formatNetwork(network));

describe('in a free text', () => {
	it.each([
		['Blocked 192.0.2.7 after 5 tries.', '192.0.2.7'],
		['from 192.0.2.7, 198.51.100.9 and 2001:db8::7.', '192.0.2.7', '198.51.100.9', '2001:db8::7'],
		['192.0.2.7', '192.0.2.7'],
		['again 192.0.2.7 and 192.0.2.7/32 and ::ffff:192.0.2.7', '192.0.2.7'],
		['networks 192.0.2.0/24, 2001:db8::/32.', '192.0.2.0/24', '2001:db8::/32'],
		['192.0.2.7/24 has host bits', '192.0.2.0/24'],
		[
			'(192.0.2.7) [198.51.100.9] <203.0.113.5> {192.0.2.8}',
			'192.0.2.7',
			'198.51.100.9',
			'203.0.113.5',
			'192.0.2.8',
		],
		['"192.0.2.7" \'198.51.100.9\' `203.0.113.5`', '192.0.2.7', '198.51.100.9', '203.0.113.5'],
		['{"src":"192.0.2.7","dst":"198.51.100.9"}', '192.0.2.7', '198.51.100.9'],
		['src=192.0.2.7;dst=198.51.100.9|203.0.113.5', '192.0.2.7', '198.51.100.9', '203.0.113.5'],
		['| 192.0.2.7 | 198.51.100.9 |', '192.0.2.7', '198.51.100.9'],
		// Ports and arrows.
		['192.0.2.7:443->198.51.100.9:80', '192.0.2.7', '198.51.100.9'],
		['[2001:db8::7]:443 => [2001:db8::8]:80', '2001:db8::7', '2001:db8::8'],
		['[2001:db8::]/32, [2001:db9::7]', '2001:db8::/32', '2001:db9::7'],
		// Names before it.
		['ip:192.0.2.7 client:ip:198.51.100.9', '192.0.2.7', '198.51.100.9'],
		['src-ip:192.0.2.7:443', '192.0.2.7'],
		['ip:2001:db8::7 x:::ffff:192.0.2.7', '2001:db8::7', '192.0.2.7'],
		['interface:192.0.2.7 bad:198.51.100.9', '192.0.2.7', '198.51.100.9'],
		['access.log:12:192.0.2.7 - -', '192.0.2.7'],
		['12:192.0.2.7:443', '192.0.2.7'],
		['root@192.0.2.7 mail from <a@[198.51.100.9]>', '192.0.2.7', '198.51.100.9'],
		['Received: from x ([IPv6:2001:db8::7])', '2001:db8::7'],
		// URLs.
		['see http://192.0.2.7/24 and https://198.51.100.9:8080/a', '192.0.2.7', '198.51.100.9'],
		['hxxps[:]//192[.]0[.]2[.]7/x', '192.0.2.7'],
		['http://u:p@192.0.2.7/24', '192.0.2.7'],
		['http://[2001:db8::7]/48', '2001:db8::7'],
		['http:\\/\\/192.0.2.7\\/x', '192.0.2.7'],
		['http://example.com/?ip=192.0.2.7&x=1', '192.0.2.7'],
		['192.0.2.7/admin 198.51.100.9/ 203.0.113.5:80/24', '192.0.2.7', '198.51.100.9', '203.0.113.5'],
		// Defanged.
		[
			'192[.]0[.]2[.]7, 198(.)51(.)100(.)9 and 203[dot]0[dot]113[dot]5',
			'192.0.2.7',
			'198.51.100.9',
			'203.0.113.5',
		],
		['2001[:]db8[:][:]7', '2001:db8::7'],
		// Quoted marks and other scripts.
		['{"message":"failed\\n192.0.2.7\\t198.51.100.9\\r\\n"}', '192.0.2.7', '198.51.100.9'],
		['ip\\\\n192.0.2.7', '192.0.2.7'],
		['\\u003c192.0.2.7\\u003e \\u0022198.51.100.9\\u0022', '192.0.2.7', '198.51.100.9'],
		['来自192.0.2.7的攻击。地址：198.51.100.9。', '192.0.2.7', '198.51.100.9'],
		['192.0.2.7에서 공격', '192.0.2.7'],
		['Angriff von 192.0.2.7 – geblockt', '192.0.2.7'],
		['\ufeff192.0.2.7\u200e \u202a198.51.100.9\u202c', '192.0.2.7', '198.51.100.9'],
		// Written as an address, so it is one; the guard has the next word.
		['10.0.0.1 and 127.0.0.1 and 0.0.0.0/0', '10.0.0.1', '127.0.0.1', '0.0.0.0/0'],
		['::ffff:192.0.2.0/120', '192.0.2.0/24'],
		['2001:0db8:0000:0000:0000:0000:0000:0007', '2001:db8::7'],
		['2002:: 3ffe::1', '2002::', '3ffe::1'],
	])('%j holds %s %s %s %s', (text, ...expected) => {
		expect(found(text)).toEqual(expected);
	});

	it.each([
		'',
		'no address at all',
		'version 1.2.3.4.5, v1.2.3.4, 1.2.3.4-beta, 1.2.3.4b, nginx-1.2.3.4, 1.2.3',
		'Mozilla/5.0 (X11) Chrome/120.0.0.0 Safari/537.36 Edg/121.0.0.0',
		'GET /192.0.2.7 http://example.com/192.0.2.7/x a/192.0.2.7',
		'time 12:30:45, 2026-11-22T12:30:45.123Z, [22/Nov/2026:12:30:45 +0000], 2026:11:22',
		'12:30:45:192.0.2.7 00:11:22:192.0.2.7 1:2:3:4:5:6:7:192.0.2.7',
		'MAC 00:11:22:33:44:55 and 00-11-22-33-44-55, EUI 00:11:22:33:44:55:66:77',
		'd41d8cd98f00b204e9800998ecf8427e da39a3ee5e6b4b0d3255bfef95601890afd80709',
		'SHA256:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67:89',
		'face:: dead::beef std::add a::b :: ::1 fe80::1 fc00::1 ff02::1 ::/0',
		'fe80::1%eth0 2001:db8::7%eth0 192.0.2.7%eth0',
		'010.0.0.1 0x7f.0.0.1 127.1 3221225991 256.1.1.1 192.0.2.07',
		'192.0.2.7/33 192.0.2.7/024 192.0.2.7/24/25 192.0.2.7/198.51.100.9 192.0.2.7/24-x',
		'http://192.0.2.7@example.com/ 192.0.2.7@example.com',
		'192.0.2.7.example.com x.192.0.2.7 .1.3.6.1 1.3.6.1.4.1 7.2.0.192.in-addr.arpa',
		'192.0.2.1-192.0.2.9 192.0.2.1..192.0.2.9 192.0.2.1_1',
		'192.0.2.1... 192.0.2.1… 2001:db8:::1',
		'192.0.2.7\u200b5 １192.0.2.7 192.0.2.7５ 192.0.2.7．5 192.0.2.7٣ é192.0.2.7 192.0.2.7\u0301',
		'192.0.2.7:99:1 192.0.2.7:abc 192.0.2.7:http 192.0.2.7:443443',
		'http://name:192.0.2.7/ x/ip:192.0.2.7',
		'7:192.0.2.7:80:5 7:192.0.2.7:abc 1.2:192.0.2.7 name::192.0.2.7 198.51.100.9:192.0.2.7',
		'192 .0 .2 .7 192. 0. 2. 7 192,0,2,7',
		'%2F192.0.2.7 u0031192.0.2.7 \\u0031192.0.2.7',
	])('%j holds none', (text) => {
		expect(found(text)).toEqual([]);
	});

	it('comes with what was read and what was done', () => {
		expect(findAddresses('from 192[.]0[.]2[.]7/24!', 9)).toEqual({
			addresses: [
				{
					text: '192.0.2.7/24',
					network: parseNetwork('192.0.2.0/24'),
					notes: [{ code: 'hostBitsCleared', text: 'the host bits of 192.0.2.7/24 were cleared' }],
				},
			],
			more: false,
		});
	});

	it('is no more than the limit, and it is said that there was more', () => {
		const text = '192.0.2.1 192.0.2.2 192.0.2.1 192.0.2.3';
		expect(findAddresses(text, 2)).toMatchObject({ more: true });
		expect(found(text, 2)).toEqual(['192.0.2.1', '192.0.2.2']);
		expect(findAddresses(text, 3)).toMatchObject({ more: false });
		expect(found(text, 3)).toHaveLength(3);
		expect(findAddresses('192.0.2.1 192.0.2.1/32 ::ffff:192.0.2.1', 1).more).toBe(false);
		expect(findAddresses(text, 0)).toEqual({ addresses: [], more: true });
		expect(findAddresses('none', 0)).toEqual({ addresses: [], more: false });
	});
});

describe('any addresses in any text', () => {
	const word = fc.constantFrom(
		'attack',
		'from',
		'-',
		'GET',
		'22/Nov/2026:12:30:45',
		'v1.2.3',
		'→',
		'"x"',
	);
	const address = fc
		.oneof(fc.ipV4(), fc.ipV6())
		.filter((text) => !text.includes(':') || /^[23][0-9a-f]{3}:/i.test(text));
	const written = fc.tuple(
		address,
		fc.constantFrom<(text: string) => string>(
			(text) => text,
			(text) => `(${text})`,
			(text) => `"${text}",`,
			(text) => `src=${text};`,
			(text) => (text.includes(':') ? `[${text}]:443` : `${text}:443`),
			(text) => (text.includes(':') ? `http://[${text}]/24` : `http://${text}/24`),
			(text) => text.replace(/\./g, '[.]').replace(/:/g, '[:]'),
			(text) => `${text}.`,
			(text) => `ip:${text}`,
		),
	);

	it('are all found, in order, once, and nothing else is', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(word, written), { maxLength: 12 }), (parts) => {
				const text = parts.map((part) => (typeof part === 'string' ? part : part[1](part[0])));
				const expected = parts.flatMap((part) =>
					typeof part === 'string' ? [] : [formatNetwork(parseNetwork(part[0])!)],
				);
				expect(found(text.join(' '))).toEqual([...new Set(expected)]);
			}),
			RUNS,
		);
	});

	it('are valid to ipaddr.js and stand in the text', () => {
		const piece = fc.oneof(
			nastyText,
			fc.constantFrom(
				'192.0.2.7',
				'2001:db8::7',
				'::ffff:',
				'/24',
				':',
				'.',
				'/',
				'@',
				'[',
				']',
				'-',
				' ',
			),
		);
		let read = 0;
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				for (const { text, network } of findAddresses(pieces.join(''), 100).addresses) {
					read++;
					expect(ipaddr.isValid(text.split('/')[0])).toBe(true);
					// Backslashes defang; brackets may stand around an address with a prefix length after them.
					expect(pieces.join('').replace(/[\\[\]]/g, '')).toContain(text);
					expect(parseNetwork(formatNetwork(network))).toEqual(network);
				}
			}),
			{ ...RUNS, examples: [[['[', '192.0.2.7', ']', '/24']]] },
		);
		expect(read).toBeGreaterThan(RUNS.numRuns / 10);
	});
});

describe('a hostile text', () => {
	it.each([
		['.'],
		[':'],
		['-'],
		['%'],
		['1.'],
		['1:'],
		['a:'],
		['1.2.3.4'],
		['1.2.3.4:'],
		['1.2.3.4/'],
		['1.2.3.4/24/'],
		['1.2.3.4/x '],
		['1.2.3.4 '],
		['010.0.0.1 '],
		['2001:db8:'],
		['2001:db8::7 '],
		['::'],
		['['],
		['[.'],
		[' [.'],
		['(dot'],
		['1[.]2[.]'],
		['\\'],
		['\\n'],
		['\\u003'],
		['/'],
		['//1.2.3.4'],
		['@'],
		['\u200b'],
		['\u0301'],
		['١'],
		['…'],
	])('of %j takes time in proportion to its length', (piece) => {
		// A smaller size first: in quadratic time the larger one would not end.
		for (const size of [1 << 16, 1 << 20]) {
			expectInProportion((length) => {
				const text = piece.repeat(length / piece.length);
				return () => findAddresses(text, 1000);
			}, size);
		}
	});
});
