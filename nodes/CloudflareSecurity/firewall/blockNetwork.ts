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

export interface NetworkGroup<Input> {
	readonly network: IpNetwork;
	/** In the order in which they came; at least one. */
	readonly inputs: readonly Input[];
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

/**
 * Groups inputs that give the same network, so that it is written once and each input still gets its result. Networks
 * come in the order in which they were first seen. A network inside another one stays a group of its own: one of the two
 * may be unblocked or expire without the other.
 */
export function groupByNetwork<Input>(
	inputs: readonly Input[],
	networkOf: (input: Input) => IpNetwork,
): Array<NetworkGroup<Input>> {
	const groups = new Map<string, { network: IpNetwork; inputs: Input[] }>();
	for (const input of inputs) {
		const network = networkOf(input);
		const key = formatNetwork(network);
		const group = groups.get(key);
		if (group) group.inputs.push(input);
		else groups.set(key, { network, inputs: [input] });
	}
	return [...groups.values()];
}
