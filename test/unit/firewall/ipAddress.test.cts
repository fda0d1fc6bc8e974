import fc from 'fast-check';
import * as ipaddr from 'ipaddr.js';
import {
	formatNetwork,
	formatRange,
	isSingleAddress,
	parseNetwork,
	parseRange,
} from '../../../nodes/CloudflareSecurity/firewall/ipAddress';

const RUNS = { numRuns: 3000 };

const clean = (text: string): string | undefined => {
	const network = parseNetwork(text);
	return network && formatNetwork(network);
};

/** The value as plain bytes, to compare with the other library's without its formatting. */
const bytesOf = (address: bigint, bits: number): number[] =>
	Array.from({ length: bits / 8 }, (_, index) =>
		Number((address >> BigInt(bits - 8 - index * 8)) & 0xffn),
	);

/**
 * The other library's reading. ipaddr.js takes "::192.0.2.1" for "::ffff:192.0.2.1", which it is not (RFC 4291, section
 * 2.5.5.1), so the platform's URL parser takes dotted ends apart first.
 */
const referee = (text: string): ipaddr.IPv4 | ipaddr.IPv6 =>
	ipaddr.parse(
		text.includes(':') && text.includes('.')
			? new URL(`http://[${text}]`).hostname.slice(1, -1)
			: text,
	);

/** IPv6 texts in every valid spelling: any case, leading zeros, any place for "::", dotted ends. */
const ipv6Text = fc
	.record({
		groups: fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 0xffff })), {
			minLength: 8,
			maxLength: 8,
		}),
		padded: fc.boolean(),
		upper: fc.boolean(),
		dotted: fc.boolean(),
		gap: fc.option(fc.tuple(fc.nat({ max: 7 }), fc.integer({ min: 1, max: 8 })), {
			nil: undefined,
		}),
	})
	.map(({ groups, padded, upper, dotted, gap }) => {
		const end = gap ? Math.min(8, gap[0] + gap[1]) : 0;
		const words = groups.map((group) => group.toString(16).padStart(padded ? 4 : 1, '0'));
		const mayBeDotted = dotted && (!gap || end <= 6);
		const tail = mayBeDotted
			? [`${groups[6] >> 8}.${groups[6] & 255}.${groups[7] >> 8}.${groups[7] & 255}`]
			: words.slice(6);
		const all = [...words.slice(0, 6), ...tail];
		const text = gap
			? `${words.slice(0, gap[0]).join(':')}::${mayBeDotted ? all.slice(end).join(':') : words.slice(end).join(':')}`
			: all.join(':');
		return upper ? text.toUpperCase() : text;
	});
const ipv4Text = fc.ipV4();
const addressText = fc.oneof(ipv4Text, fc.ipV6(), ipv6Text);

describe('an address', () => {
	it('is read like ipaddr.js reads it, in any valid spelling', () => {
		fc.assert(
			fc.property(addressText, (text) => {
				const parsed = parseNetwork(text);
				const expected = referee(text);
				expect(parsed && isSingleAddress(parsed)).toBe(true);
				expect(bytesOf(parsed!.address, parsed!.version === 4 ? 32 : 128)).toEqual(
					expected.toByteArray(),
				);
			}),
			RUNS,
		);
	});

	it('is written so that reading it again gives the same, and in one spelling only', () => {
		fc.assert(
			fc.property(addressText, (text) => {
				const written = clean(text)!;
				expect(clean(written)).toBe(written);
				expect(referee(written).toByteArray()).toEqual(referee(text).toByteArray());
				if (!written.includes('.')) {
					expect(written).toBe((referee(text) as ipaddr.IPv6).toRFC5952String());
				}
			}),
			RUNS,
		);
	});

	it.each([
		['192.0.2.7', '192.0.2.7'],
		['  192.0.2.7\n', '192.0.2.7'],
		['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
		['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
		['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
		['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
		['::', '::'],
		['1::', '1::'],
		['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
		['::FFFF:c000:0207', '::ffff:192.0.2.7'],
		['64:ff9b::192.0.2.7', '64:ff9b::c000:207'],
		['192.0.2.7/32', '192.0.2.7'],
		['2001:db8::7/128', '2001:db8::7'],
		['192.0.2.7/24', '192.0.2.0/24'],
		['0.0.0.0/0', '0.0.0.0/0'],
		['2001:db8:ffff::7/33', '2001:db8:8000::/33'],
		['::ffff:192.0.2.7/120', '::ffff:192.0.2.0/120'],
	])('%j is written as %s', (text, expected) => {
		expect(clean(text)).toBe(expected);
	});

	it.each([
		'',
		' ',
		'0300.0.2.7',
		'0xc0.0.2.7',
		'0xc0000207',
		'3221225991',
		'192.0.519',
		'192.0.2',
		'192.0.2.',
		'192.0.2.7.',
		'.192.0.2.7',
		'192.0.2.256',
		'192.0.2.007',
		'192.0.2.-7',
		'192.0.2.7:443',
		'[2001:db8::7]',
		'[2001:db8::7]:443',
		'fe80::1%eth0',
		'fe80::1%25eth0',
		'2001:db8::1::7',
		'2001:db8:::7',
		':2001:db8::7',
		'2001:db8::7:',
		'1:2:3:4:5:6:7',
		'1:2:3:4:5:6:7:8:9',
		'1:2:3:4:5:6:7:8::',
		'::1:2:3:4:5:6:7:8',
		'1:2:3:4::5:6:7:8',
		'2001:db8::12345',
		'2001:db8::g',
		'192.0.2.7::',
		'::192.0.2.7:1',
		'1:2:3:4:5:6:7:192.0.2.7',
		'::ffff:192.0.2.07',
		'192.0.2.0/33',
		'192.0.2.0/024',
		'192.0.2.0/',
		'192.0.2.0/+24',
		'192.0.2.0/24/24',
		'192.0.2.0/255.255.255.0',
		'2001:db8::/129',
		'192.0.2 .7',
		'192.0.2.7,192.0.2.8',
		'192.0.2.7\u0000',
		'１９２.0.2.7',
		'١٩٢.0.2.7',
		'1.2.3.4)',
		'"192.0.2.7"',
		'example.com',
		`${'1:'.repeat(50_000)}1`,
	])('%j is refused, not guessed', (text) => {
		expect(parseNetwork(text)).toBeUndefined();
	});

	it('is refused wherever ipaddr.js is right to refuse, and where it is only generous', () => {
		const characters = fc.constantFrom(...'0123456789abcdefxX.:/% []-+');
		const anyText = fc.oneof(
			fc.array(characters, { maxLength: 24 }).map((parts) => parts.join('')),
			fc
				.tuple(addressText, fc.nat({ max: 40 }), characters)
				.map(([text, at, one]) => text.slice(0, at) + one + text.slice(at)),
			fc
				.tuple(addressText, fc.nat({ max: 40 }))
				.map(([text, at]) => text.slice(0, at) + text.slice(at + 1)),
		);
		const generous = /%|(^|[.:])0\d/;
		fc.assert(
			fc.property(anyText, (raw) => {
				const text = raw.trim();
				if (text.includes('/')) return;
				const ours = parseNetwork(text) !== undefined;
				const strictly = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
				if (ours) expect(ipaddr.isValid(text)).toBe(true);
				else if (strictly) expect(text).toMatch(generous);
			}),
			{ numRuns: 20_000 },
		);
	});
});

describe('a network', () => {
	it('has its host bits cleared like ipaddr.js clears them', () => {
		fc.assert(
			fc.property(
				addressText.chain((text) =>
					fc.tuple(fc.constant(text), fc.nat({ max: text.includes(':') ? 128 : 32 })),
				),
				([text, prefix]) => {
					const parsed = parseNetwork(`${text}/${prefix}`)!;
					const address = referee(text);
					const plain = `${address.toString()}/${prefix}`;
					const expected =
						address.kind() === 'ipv4'
							? ipaddr.IPv4.networkAddressFromCIDR(plain)
							: ipaddr.IPv6.networkAddressFromCIDR(plain);
					expect(parsed.prefix).toBe(prefix);
					expect(bytesOf(parsed.address, parsed.version === 4 ? 32 : 128)).toEqual(
						expected.toByteArray(),
					);
				},
			),
			RUNS,
		);
	});
});

describe('a range', () => {
	it.each([
		['192.0.2.1..192.0.2.9', '192.0.2.1..192.0.2.9'],
		[' 2001:DB8::1..2001:db8::0f ', '2001:db8::1..2001:db8::f'],
		['192.0.2.1..192.0.2.1', '192.0.2.1'],
		['::ffff:192.0.2.1..::ffff:192.0.2.9', '::ffff:192.0.2.1..::ffff:192.0.2.9'],
	])('%j is written as %s', (text, expected) => {
		expect(formatRange(parseRange(text)!)).toBe(expected);
	});

	it.each([
		'192.0.2.1',
		'192.0.2.9..192.0.2.1',
		'192.0.2.1..2001:db8::1',
		'192.0.2.1...192.0.2.9',
		'192.0.2.1..192.0.2.9..192.0.2.10',
		'192.0.2.0/28..192.0.2.9',
		'192.0.2.1 .. 192.0.2.9',
		'..',
		'192.0.2.1..',
		'..192.0.2.1',
	])('%j is refused', (text) => {
		expect(parseRange(text)).toBeUndefined();
	});

	it('of two addresses is read in ascending order only', () => {
		fc.assert(
			fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
				const [a, b] = [ipaddr.parse(one), ipaddr.parse(other)].map((address) =>
					Buffer.from(address.toByteArray()),
				);
				const range = parseRange(`${one}..${other}`);
				expect(range === undefined).toBe(Buffer.compare(a, b) > 0);
			}),
			RUNS,
		);
	});
});
