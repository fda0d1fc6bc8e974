import { ADDRESS_BITS, clearHostBits, type IpNetwork } from './ipAddress';

/** The ways in which an IPv6 address holds an IPv4 address. */
export type EmbeddingForm = 'mapped' | 'nat64' | '6to4';

/** IPv4 addresses inside IPv6 ones. */
export interface EmbeddedIpv4 {
	readonly form: EmbeddingForm;
	/** The IPv4 network: a single address, or wider where the IPv6 prefix ends inside it. */
	readonly network: IpNetwork;
}

/** In each, the 32 bits after the prefix are the IPv4 address. */
const EMBEDDINGS: ReadonlyArray<{ form: EmbeddingForm; within: IpNetwork }> = [
	// RFC 4291, section 2.5.5.2: ::ffff:0:0/96
	{ form: 'mapped', within: { version: 6, address: 0xffffn << 32n, prefix: 96 } },
	// RFC 6052, section 2.1: 64:ff9b::/96
	{ form: 'nat64', within: { version: 6, address: 0x64ff9bn << 96n, prefix: 96 } },
	// RFC 3056, section 2: 2002::/16
	{ form: '6to4', within: { version: 6, address: 0x2002n << 112n, prefix: 16 } },
];

/** Whether each address of the inner network lies in the outer one. Never between IPv4 and IPv6. */
export function contains(outer: IpNetwork, inner: IpNetwork): boolean {
	return (
		outer.version === inner.version &&
		outer.prefix <= inner.prefix &&
		clearHostBits(outer.version, inner.address, outer.prefix) === outer.address
	);
}

/** Whether two networks hold the same addresses. */
export function sameNetwork(a: IpNetwork, b: IpNetwork): boolean {
	return a.version === b.version && a.prefix === b.prefix && a.address === b.address;
}

/** For sorting: IPv4 first, then by first address, and of two with the same first address the wider one first. */
export function compareNetworks(a: IpNetwork, b: IpNetwork): number {
	if (a.version !== b.version) return a.version - b.version;
	if (a.address !== b.address) return a.address < b.address ? -1 : 1;
	return a.prefix - b.prefix;
}

/** The network of this prefix length (0 to 32 or 128) that contains the given one. Never narrows. */
export function widenTo(network: IpNetwork, prefix: number): IpNetwork {
	if (network.prefix <= prefix) return network;
	const { version, address } = network;
	return { version, address: clearHostBits(version, address, prefix), prefix };
}

/** The IPv4 addresses that an IPv6 network stands for; undefined where it is not wholly of one of the forms. */
export function embeddedIpv4(network: IpNetwork): EmbeddedIpv4 | undefined {
	const found = EMBEDDINGS.find(({ within }) => contains(within, network));
	if (!found) return undefined;
	const start = found.within.prefix;
	const prefix = Math.min(ADDRESS_BITS[4], network.prefix - start);
	const bits = (network.address >> BigInt(ADDRESS_BITS[6] - start - ADDRESS_BITS[4])) & 0xffffffffn;
	return { form: found.form, network: { version: 4, address: bits, prefix } };
}

/** `::ffff:192.0.2.1` as the IPv4 address that it is; any other network unchanged. */
export function unmapped(network: IpNetwork): IpNetwork {
	const embedded = embeddedIpv4(network);
	return embedded?.form === 'mapped' ? embedded.network : network;
}
