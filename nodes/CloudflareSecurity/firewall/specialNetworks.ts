import { parseNetwork, type IpNetwork } from './ipAddress';

/** A network that has a name, for messages. */
export interface NamedNetwork {
	readonly network: IpNetwork;
	/** A noun without an article, with the document that defines it: `loopback (RFC 1122)`. */
	readonly name: string;
}

/**
 * Where no visitor of a website can come from. IANA: IPv4 and IPv6 Special-Purpose Address Registries as of October
 * 2025, without documentation; multicast; and what the IPv6 Address Space registry holds back from global unicast.
 * Of networks inside each other the narrowest comes first, because the first that fits names the reason.
 */
export const specialNetworks: readonly NamedNetwork[] = named([
	['0.0.0.0/8', 'unspecified and this network (RFC 791)'],
	['10.0.0.0/8', 'private (RFC 1918)'],
	['100.64.0.0/10', 'carrier-grade NAT (RFC 6598)'],
	['127.0.0.0/8', 'loopback (RFC 1122)'],
	['169.254.0.0/16', 'link-local (RFC 3927)'],
	['172.16.0.0/12', 'private (RFC 1918)'],
	['192.0.0.0/24', 'IETF protocol assignments (RFC 6890)'],
	['192.31.196.0/24', 'AS112 service (RFC 7535)'],
	['192.52.193.0/24', 'AMT (RFC 7450)'],
	['192.88.99.0/24', '6to4 relay anycast (RFC 7526)'],
	['192.168.0.0/16', 'private (RFC 1918)'],
	['192.175.48.0/24', 'AS112 service (RFC 7534)'],
	['198.18.0.0/15', 'benchmarking (RFC 2544)'],
	['224.0.0.0/4', 'multicast (RFC 5771)'],
	['255.255.255.255/32', 'limited broadcast (RFC 919)'],
	['240.0.0.0/4', 'reserved (RFC 1112)'],
	['::/128', 'unspecified (RFC 4291)'],
	['::1/128', 'loopback (RFC 4291)'],
	['::/96', 'IPv4-compatible (RFC 4291)'],
	['::ffff:0:0/96', 'IPv4-mapped (RFC 4291)'],
	['::ffff:0:0:0/96', 'IPv4-translated (RFC 2765)'],
	['64:ff9b::/96', 'NAT64 (RFC 6052)'],
	['64:ff9b:1::/48', 'local-use NAT64 (RFC 8215)'],
	['100::/64', 'discard-only (RFC 6666)'],
	['100:0:0:1::/64', 'dummy prefix (RFC 9780)'],
	// One Teredo /64 stands for every client of one server.
	['2001::/32', 'Teredo (RFC 4380)'],
	['2001:2::/48', 'benchmarking (RFC 5180)'],
	['2001:3::/32', 'AMT (RFC 7450)'],
	['2001:4:112::/48', 'AS112 service (RFC 7535)'],
	['2001:10::/28', 'ORCHID (RFC 4843)'],
	['2001:20::/28', 'ORCHIDv2 (RFC 7343)'],
	['2001:30::/28', 'drone remote ID tags (RFC 9374)'],
	['2001::/23', 'IETF protocol assignments (RFC 2928)'],
	['2620:4f:8000::/48', 'AS112 service (RFC 7534)'],
	['5f00::/16', 'segment routing (RFC 9602)'],
	['fc00::/7', 'unique local (RFC 4193)'],
	['fe80::/10', 'link-local (RFC 4291)'],
	['fec0::/10', 'site-local (RFC 3879)'],
	['ff00::/8', 'multicast (RFC 4291)'],
	// RFC 4291, section 2.4, and the registry: only 2000::/3 is given out for global unicast.
	['::/3', 'reserved (RFC 4291)'],
	['4000::/2', 'reserved (RFC 4291)'],
	['8000::/1', 'reserved (RFC 4291)'],
]);

/** Reserved for examples. They may be blocked, so that a playbook can be tried out without hitting anybody. */
export const documentationNetworks: readonly NamedNetwork[] = named([
	['192.0.2.0/24', 'documentation (RFC 5737)'],
	['198.51.100.0/24', 'documentation (RFC 5737)'],
	['203.0.113.0/24', 'documentation (RFC 5737)'],
	['2001:db8::/32', 'documentation (RFC 3849)'],
	['3fff::/20', 'documentation (RFC 9637)'],
]);

/** Where IPv6 visitors come from. RFC 4291, section 2.4; IANA: IPv6 Address Space. */
export const GLOBAL_UNICAST_IPV6: IpNetwork = { version: 6, address: 1n << 125n, prefix: 3 };

function named(rows: ReadonlyArray<readonly [cidr: string, name: string]>): NamedNetwork[] {
	return rows.map(([cidr, name]) => {
		const network = parseNetwork(cidr);
		if (!network) throw new Error(`${cidr} is no network`);
		return { network, name };
	});
}
