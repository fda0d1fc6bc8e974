import fc from 'fast-check';
import * as ipaddr from 'ipaddr.js';
import { builtInCloudflareRanges } from '../../../nodes/CloudflareSecurity/firewall/cloudflareRanges';
import {
	ADDRESS_BITS,
	formatNetwork,
	parseNetwork,
	type IpNetwork,
} from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import {
	documentationOf,
	protectionOf,
	type Guard,
} from '../../../nodes/CloudflareSecurity/firewall/protectedNetworks';

const RUNS = { numRuns: 3000 };
const net = (text: string): IpNetwork => parseNetwork(text)!;
const NOBODY: Guard = { cloudflare: [], own: [] };
const CLOUDFLARE: Guard = { cloudflare: builtInCloudflareRanges, own: [] };

/** The registries once more, as their pages list them, to be compared with the other library's arithmetic. */
const SPECIAL: ReadonlyArray<readonly [string, string]> = [
	['0.0.0.0/8', 'this network'],
	['10.0.0.0/8', 'private'],
	['100.64.0.0/10', 'carrier-grade NAT'],
	['127.0.0.0/8', 'loopback'],
	['169.254.0.0/16', 'link-local'],
	['172.16.0.0/12', 'private'],
	['192.0.0.0/24', 'IETF protocol'],
	['192.31.196.0/24', 'AS112'],
	['192.52.193.0/24', 'AMT'],
	['192.88.99.0/24', '6to4 relay'],
	['192.168.0.0/16', 'private'],
	['192.175.48.0/24', 'AS112'],
	['198.18.0.0/15', 'benchmarking'],
	['224.0.0.0/4', 'multicast'],
	['240.0.0.0/4', 'reserved'],
	['255.255.255.255/32', 'broadcast'],
	['::/128', 'unspecified'],
	['::1/128', 'loopback'],
	['::ffff:0:0/96', 'IPv4-mapped'],
	['64:ff9b::/96', 'NAT64'],
	['64:ff9b:1::/48', 'local-use NAT64'],
	['100::/64', 'discard-only'],
	['100:0:0:1::/64', 'dummy'],
	['2001::/23', 'IETF protocol'],
	['2001::/32', 'Teredo'],
	['2001:2::/48', 'benchmarking'],
	['2001:3::/32', 'AMT'],
	['2001:4:112::/48', 'AS112'],
	['2001:10::/28', 'ORCHID'],
	['2001:20::/28', 'ORCHIDv2'],
	['2001:30::/28', 'drone'],
	['2620:4f:8000::/48', 'AS112'],
	['5f00::/16', 'segment routing'],
	['fc00::/7', 'unique local'],
	['fe80::/10', 'link-local'],
	['fec0::/10', 'site-local'],
	['ff00::/8', 'multicast'],
	['::/96', 'IPv4-compatible'],
	['::ffff:0:0:0/96', 'IPv4-translated'],
];
/** IANA's table of the IPv6 address space: all that is not 2000::/3. */
const RESERVED = ['::/3', '4000::/3', '6000::/3', '8000::/3', 'a000::/3', 'c000::/3', 'e000::/3'];
const DOCUMENTATION = [
	'192.0.2.0/24',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'2001:db8::/32',
	'3fff::/20',
];

const range = (cidr: string): { first: bigint; last: bigint; version: 4 | 6 } => {
	const { address, prefix, version } = net(cidr);
	return {
		version,
		first: address,
		last: address + (1n << BigInt(ADDRESS_BITS[version] - prefix)) - 1n,
	};
};
const single = (version: 4 | 6, address: bigint): IpNetwork => ({
	version,
	address,
	prefix: ADDRESS_BITS[version],
});

type Parsed = ReturnType<typeof ipaddr.parseCIDR>;
const parsed = (cidrs: readonly string[]): Parsed[] => cidrs.map((cidr) => ipaddr.parseCIDR(cidr));
const ALL_SPECIAL = parsed([...SPECIAL.map(([cidr]) => cidr), ...RESERVED]);
const ALL_DOCUMENTATION = parsed(DOCUMENTATION);

/** Whether the other library finds an address in one of the networks. */
const isIn = (networks: readonly Parsed[], text: string): boolean => {
	const address = ipaddr.parse(text);
	return networks.some(
		(other) => address.kind() === other[0].kind() && address.match(other as [ipaddr.IPv6, number]),
	);
};
const special = (address: IpNetwork): boolean => isIn(ALL_SPECIAL, formatNetwork(address));

describe('a special network', () => {
	it.each(SPECIAL)('%s (%s) is refused from its first to its last address', (cidr, name) => {
		const { first, last, version } = range(cidr);
		const whole = protectionOf(net(cidr), NOBODY)!;
		expect(whole.code).toBe('specialNetwork');
		expect(whole.reason).toContain(name);
		expect(whole.protectedNetwork).toBe(formatNetwork(net(cidr)));
		for (const address of [first, last, (first + last) / 2n]) {
			expect(protectionOf(single(version, address), NOBODY)?.code).toBe('specialNetwork');
		}
	});

	it.each([...SPECIAL.map(([cidr]) => cidr), ...RESERVED, ...DOCUMENTATION])(
		'%s ends where the registry says: one before and one after',
		(cidr) => {
			const { first, last, version } = range(cidr);
			for (const address of [first - 1n, first, last, last + 1n]) {
				if (address < 0n || address >> BigInt(ADDRESS_BITS[version]) > 0n) continue;
				const network = single(version, address);
				expect([formatNetwork(network), protectionOf(network, NOBODY) !== undefined]).toEqual([
					formatNetwork(network),
					special(network),
				]);
			}
		},
	);

	it('agrees with ipaddr.js about any IPv4 address', () => {
		fc.assert(
			fc.property(fc.ipV4(), (text) => {
				const unicast = ipaddr.IPv4.parse(text).range() === 'unicast';
				const refused = protectionOf(net(text), NOBODY) !== undefined;
				expect(refused).toBe(!unicast && !isIn(ALL_DOCUMENTATION, text));
			}),
			RUNS,
		);
	});

	it('agrees with ipaddr.js about any IPv6 address that is given out', () => {
		const address = fc
			.tuple(
				fc.oneof(
					fc.integer({ min: 0x2000, max: 0x3fff }),
					fc.constantFrom(0x2001, 0x2002, 0x2620, 0x3fff),
				),
				fc.oneof(fc.nat({ max: 0xffff }), fc.nat({ max: 0x40 }), fc.constant(0xdb8)),
				fc.bigInt({ min: 0n, max: (1n << 96n) - 1n }),
			)
			.map(([a, b, rest]) => single(6, (BigInt(a) << 112n) | (BigInt(b) << 96n) | rest));
		fc.assert(
			fc.property(address, (network) => {
				const kind = ipaddr.IPv6.parse(formatNetwork(network)).range();
				if (kind === '6to4') return;
				const refused = protectionOf(network, NOBODY) !== undefined;
				expect(refused).toBe(
					kind !== 'unicast' && !isIn(ALL_DOCUMENTATION, formatNetwork(network)),
				);
			}),
			RUNS,
		);
	});

	it('that lies in another is named by the narrower one', () => {
		expect(protectionOf(net('255.255.255.255'), NOBODY)?.reason).toBe(
			'255.255.255.255 lies in 255.255.255.255: limited broadcast (RFC 919)',
		);
		expect(protectionOf(net('2001:0:1::'), NOBODY)?.reason).toBe(
			'2001:0:1:: lies in 2001::/32: Teredo (RFC 4380)',
		);
		expect(protectionOf(net('64:ff9b:1::1'), NOBODY)?.reason).toContain('local-use NAT64');
	});
});

describe('documentation', () => {
	it.each(DOCUMENTATION)('%s may be blocked and is named', (cidr) => {
		const { first, last, version } = range(cidr);
		for (const network of [single(version, first), single(version, last)]) {
			expect(protectionOf(network, CLOUDFLARE)).toBeUndefined();
			expect(documentationOf(network)).toMatch(/^documentation \(RFC \d{4}\)$/);
		}
		expect(documentationOf(net(cidr))).toBeDefined();
		expect(documentationOf(single(version, first - 1n))).toBeUndefined();
		expect(documentationOf(single(version, last + 1n))).toBeUndefined();
	});

	it('is not what a wider network is named for', () => {
		expect(documentationOf(net('198.51.0.0/16'))).toBeUndefined();
	});
});

describe('any network', () => {
	const cidr = fc
		.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat({ max: 128 }))
		.map(([text, prefix]) => {
			return net(`${text}/${Math.min(prefix, ADDRESS_BITS[net(text).version])}`);
		});

	it('that may be blocked has no protected address in it', () => {
		let allowed = 0;
		fc.assert(
			fc.property(cidr, fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (network, random) => {
				if (protectionOf(network, CLOUDFLARE, { allowWide: true })) return;
				allowed++;
				const { version, address, prefix } = network;
				const host = random & ((1n << BigInt(ADDRESS_BITS[version] - prefix)) - 1n);
				expect(protectionOf(single(version, address | host), CLOUDFLARE)).toBeUndefined();
				const itself = parsed([`${formatNetwork(network).split('/')[0]}/${prefix}`]);
				for (const [one] of ALL_SPECIAL) expect(isIn(itself, one.toString())).toBe(false);
			}),
			{ numRuns: 1000 },
		);
		expect(allowed).toBeGreaterThan(100);
	});
});
