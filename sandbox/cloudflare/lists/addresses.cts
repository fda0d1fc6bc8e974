import ipaddr from 'ipaddr.js';

export interface PrefixRange {
	least: number;
	most: number;
}
export interface Prefixes {
	ipv4: PrefixRange;
	ipv6: PrefixRange;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const isIPv4 = (address: Address): address is ipaddr.IPv4 => address.kind() === 'ipv4';

function parsed(text: string): Address | undefined {
	// Neither octal, hexadecimal and short forms of IPv4, nor zones of IPv6.
	if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
	const valid = text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
	return valid ? ipaddr.IPv6.parse(text) : undefined;
}

/** The network of this size around the address, as lists write it. */
function network(address: Address, prefix: number): string {
	const bytes = address.toByteArray();
	const masked = bytes.map((byte, index) => {
		const kept = Math.min(8, Math.max(0, prefix - index * 8));
		return byte & ~(0xff >> kept);
	});
	const base = ipaddr.fromByteArray(masked);
	const text = isIPv4(base) ? base.toString() : base.toRFC5952String();
	// Source: official Terraform provider: a network of one address is written as that address.
	return prefix === bytes.length * 8 ? text : `${text}/${prefix}`;
}

/** The value as lists keep it (host bits cleared, IPv6 short and in lower case), or undefined when it is none. */
export function normalised(text: string, prefixes: Prefixes): string | undefined {
	const [host, size, ...rest] = text.split('/');
	const address = parsed(host);
	if (address === undefined || rest.length > 0) return undefined;
	if (size !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(size)) return undefined;
	const prefix = size === undefined ? address.toByteArray().length * 8 : Number(size);
	const { least, most } = isIPv4(address) ? prefixes.ipv4 : prefixes.ipv6;
	return prefix < least || prefix > most ? undefined : network(address, prefix);
}

/** Every item that would hold the address: itself, and the networks of these sizes around it. */
export function holders(text: string, sizes: Iterable<number>): string[] {
	const address = parsed(text);
	if (address === undefined) return [];
	const whole = address.toByteArray().length * 8;
	return [whole, ...sizes].filter((size) => size <= whole).map((size) => network(address, size));
}
