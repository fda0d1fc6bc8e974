import fc from 'fast-check';
import * as ipaddr from 'ipaddr.js';
import { blockNetworkFor } from '../../../nodes/CloudflareSecurity/firewall/blockNetwork';
import {
	ADDRESS_BITS,
	formatNetwork,
	parseNetwork,
	type IpNetwork,
} from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import {
	compareNetworks,
	contains,
	embeddedIpv4,
	sameNetwork,
	unmapped,
	widenTo,
} from '../../../nodes/CloudflareSecurity/firewall/network';

const RUNS = { numRuns: 3000 };
const net = (text: string): IpNetwork => parseNetwork(text)!;
const text = (network: IpNetwork | undefined) => network && formatNetwork(network);

/** The other library's reading of a network, without any formatting. */
const referee = ({ version, address, prefix }: IpNetwork): [ipaddr.IPv4 | ipaddr.IPv6, number] => [
	ipaddr.fromByteArray(
		Array.from({ length: ADDRESS_BITS[version] / 8 }, (_, index) =>
			Number((address >> BigInt(ADDRESS_BITS[version] - 8 - 8 * index)) & 0xffn),
		),
	),
	prefix,
];

/** Networks that are often near each other: few different leading bits, any prefix. */
const near = (version: 4 | 6): fc.Arbitrary<IpNetwork> =>
	fc
		.tuple(
			fc.bigInt({ min: 0n, max: (1n << BigInt(ADDRESS_BITS[version])) - 1n }),
			fc.constantFrom(0n, 1n, 0x7fn, 0xc0n, 0xffn),
			fc.nat({ max: ADDRESS_BITS[version] }),
			fc.boolean(),
		)
		.map(([random, lead, prefix, byLead]) => {
			const bits = BigInt(ADDRESS_BITS[version]);
			const address = byLead ? (lead << (bits - 8n)) | (random & 0xfn) : random;
			return widenTo({ version, address, prefix: Number(bits) }, prefix);
		});
const pair = fc
	.constantFrom<4 | 6>(4, 6)
	.chain((version) => fc.tuple(near(version), near(version)));

/** Whether the other library finds the inner network's first address in the outer one, which must not be narrower. */
const holds = (outer: IpNetwork, inner: IpNetwork): boolean =>
	outer.prefix <= inner.prefix && referee(inner)[0].match(referee(outer) as [ipaddr.IPv6, number]);

describe('a network', () => {
	it('contains what ipaddr.js finds in it', () => {
		let both = 0;
		fc.assert(
			fc.property(pair, ([a, b]) => {
				expect(contains(a, b)).toBe(holds(a, b));
				expect(contains(b, a)).toBe(holds(b, a));
				if (contains(a, b) || contains(b, a)) both++;
			}),
			RUNS,
		);
		expect(both).toBeGreaterThan(RUNS.numRuns / 20);
		expect(both).toBeLessThan(RUNS.numRuns / 1.2);
	});

	it('contains itself and each widening of itself', () => {
		fc.assert(
			fc.property(pair, fc.nat({ max: 128 }), ([network], prefix) => {
				const wider = widenTo(network, Math.min(prefix, ADDRESS_BITS[network.version]));
				expect(contains(network, network)).toBe(true);
				expect(contains(wider, network)).toBe(true);
				expect(wider.prefix).toBe(Math.min(prefix, network.prefix));
				expect(contains(network, wider)).toBe(sameNetwork(network, wider));
			}),
			RUNS,
		);
	});

	it('is widened to the network that ipaddr.js calculates', () => {
		fc.assert(
			fc.property(pair, fc.nat({ max: 128 }), ([network], wanted) => {
				const prefix = Math.min(wanted, network.prefix);
				const [address] = referee(network);
				const plain = `${address.toString()}/${prefix}`;
				const expected =
					address.kind() === 'ipv4'
						? ipaddr.IPv4.networkAddressFromCIDR(plain)
						: ipaddr.IPv6.networkAddressFromCIDR(plain);
				expect(referee(widenTo(network, prefix))[0].toByteArray()).toEqual(expected.toByteArray());
			}),
			RUNS,
		);
	});

	it.each([
		['192.0.2.0/24', '192.0.2.0', true],
		['192.0.2.0/24', '192.0.2.255', true],
		['192.0.2.0/24', '192.0.1.255', false],
		['192.0.2.0/24', '192.0.3.0', false],
		['192.0.2.0/24', '192.0.2.0/23', false],
		['0.0.0.0/0', '255.255.255.255', true],
		['::/0', '255.255.255.255', false],
		['0.0.0.0/0', '::1', false],
		['::ffff:0:0/96', '192.0.2.1', false],
		['2001:db8::/32', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', true],
		['2001:db8::/32', '2001:db9::', false],
	])('%s contains %s: %s', (outer, inner, expected) => {
		expect(contains(net(outer), net(inner))).toBe(expected);
	});

	it('is sorted by family, first address and width', () => {
		const sorted = [
			'0.0.0.0/0',
			'0.0.0.0',
			'10.0.0.0/8',
			'10.0.0.0/24',
			'::/0',
			'::',
			'2001:db8::',
		];
		fc.assert(
			fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
				expect(shuffled.map(net).sort(compareNetworks).map(text)).toEqual(sorted);
			}),
		);
		expect(compareNetworks(net('10.0.0.1'), net('10.0.0.1'))).toBe(0);
	});
});

describe('IPv4 inside IPv6', () => {
	it.each([
		['::ffff:192.0.2.7', 'mapped', '192.0.2.7'],
		['::ffff:192.0.2.0/120', 'mapped', '192.0.2.0/24'],
		['::ffff:0:0/96', 'mapped', '0.0.0.0/0'],
		['64:ff9b::192.0.2.7', 'nat64', '192.0.2.7'],
		['64:ff9b::/96', 'nat64', '0.0.0.0/0'],
		['2002:c000:207::1', '6to4', '192.0.2.7'],
		['2002:c000:207:1::/64', '6to4', '192.0.2.7'],
		['2002:c000:207::/48', '6to4', '192.0.2.7'],
		['2002:c000:200::/40', '6to4', '192.0.2.0/24'],
		['2002::/16', '6to4', '0.0.0.0/0'],
	])('%s (%s) stands for %s', (one, form, expected) => {
		const found = embeddedIpv4(net(one));
		expect(found?.form).toBe(form);
		expect(text(found?.network)).toBe(expected);
		expect(unmapped(net(one))).toEqual(net(form === 'mapped' ? expected : one));
	});

	it.each([
		'192.0.2.7',
		'0.0.0.0/0',
		'::',
		'::192.0.2.7',
		'::fffe:192.0.2.7',
		'::ffff:0:192.0.2.7',
		'::/95',
		'::/0',
		'64:ff9b:1::192.0.2.7',
		'2002::/15',
		'2003::1',
		'2001:db8::1',
	])('%s stands for none', (one) => {
		expect(embeddedIpv4(net(one))).toBeUndefined();
		expect(unmapped(net(one))).toEqual(net(one));
	});

	it('is read like ipaddr.js reads it', () => {
		fc.assert(
			fc.property(fc.ipV4(), (address) => {
				const mapped = ipaddr.IPv4.parse(address).toIPv4MappedAddress().toString();
				expect(text(unmapped(net(mapped)))).toBe(text(net(address)));
			}),
		);
	});
});

describe('what is blocked', () => {
	it.each([
		['192.0.2.7', 64, '192.0.2.7', undefined],
		['192.0.2.0/24', 48, '192.0.2.0/24', undefined],
		['192.0.2.7', 24, '192.0.2.7', undefined],
		['2001:db8:1:2:3::7', 64, '2001:db8:1:2::/64', '2001:db8:1:2::/64'],
		['2001:db8:1:2:3::7', 56, '2001:db8:1::/56', '2001:db8:1::/56'],
		['2001:db8:1:2:3::7', 48, '2001:db8:1::/48', '2001:db8:1::/48'],
		['2001:db8:1:2:3::7', 128, '2001:db8:1:2:3::7', undefined],
		['2001:db8::/64', 64, '2001:db8::/64', undefined],
		['2001:db8::/65', 64, '2001:db8::/64', '2001:db8::/64'],
		['2001:db8::/32', 64, '2001:db8::/32', undefined],
	])('%s with IPv6 blocks of /%i is %s', (one, size, expected, widenedTo) => {
		const block = blockNetworkFor(net(one), size);
		expect(text(block.network)).toBe(expected);
		expect(block.widenedTo).toBe(widenedTo);
	});

	it('is a /64 of IPv6 when nothing is chosen', () => {
		expect(blockNetworkFor(net('2001:db8::7')).widenedTo).toBe('2001:db8::/64');
	});
});
