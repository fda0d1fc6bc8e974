import { formatNetwork, type IpNetwork } from './ipAddress';
import { widenTo } from './network';

/** The IPv6 Block Sizes that can be chosen, as prefix lengths. */
export const ipv6BlockSizes = [48, 56, 64, 128] as const;
export type Ipv6BlockSize = (typeof ipv6BlockSizes)[number];
/** RFC 7421 and 8981: a host gets a whole /64 and changes its address in it at will. */
export const DEFAULT_IPV6_BLOCK_SIZE: Ipv6BlockSize = 64;

export interface BlockNetwork {
	readonly network: IpNetwork;
	/** The canonical text of the network, where it is wider than what was asked for. */
	readonly widenedTo?: string;
}

/**
 * What is blocked for an address or network: IPv4 as it is, IPv6 at least as wide as the block size. The result, not
 * the input, is what has to be checked for protected networks.
 */
export function blockNetworkFor(
	network: IpNetwork,
	ipv6Prefix: number = DEFAULT_IPV6_BLOCK_SIZE,
): BlockNetwork {
	if (network.version === 4 || network.prefix <= ipv6Prefix) return { network };
	const wider = widenTo(network, ipv6Prefix);
	return { network: wider, widenedTo: formatNetwork(wider) };
}
