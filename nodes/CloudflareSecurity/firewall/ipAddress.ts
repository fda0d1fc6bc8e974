/**
 * IP addresses, networks and ranges as values. Strict on purpose: what programs read differently (octal, hexadecimal,
 * short and whole-number forms, zone identifiers) is not guessed at, because a wrong guess blocks somebody else.
 */

export type IpVersion = 4 | 6;

/** An address or a network. Host bits are always zero; a single address has the full prefix (32 or 128). */
export interface IpNetwork {
	readonly version: IpVersion;
	readonly address: bigint;
	readonly prefix: number;
}

/** All addresses from `first` to `last`, both included. */
export interface IpRange {
	readonly version: IpVersion;
	readonly first: bigint;
	readonly last: bigint;
}

export const ADDRESS_BITS: Readonly<Record<IpVersion, number>> = { 4: 32, 6: 128 };

const DECIMAL_BYTE = /^(?:0|[1-9]\d{0,2})$/;
const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/;
const HEX_GROUP = /^[0-9a-f]{1,4}$/i;
const IPV6_GROUPS = 8;
/** The longest text of an address, `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`, has 45 characters. */
const LONGEST_ADDRESS = 45;
const MAPPED_IPV4 = 0xffffn;

/**
 * Reads one address or CIDR network: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`.
 * Blanks around the text are ignored and host bits are cleared; anything else that is not exact gives undefined,
 * and what is no text too: it may come from an answer that nobody checked.
 */
export function parseNetwork(text: unknown): IpNetwork | undefined {
	if (typeof text !== 'string') return undefined;
	const parts = text.trim().split('/');
	if (parts.length > 2) return undefined;
	const [addressText, prefixText] = parts;
	const parsed = parseAddress(addressText);
	if (parsed === undefined || prefixText === undefined) return parsed;
	if (!PREFIX_LENGTH.test(prefixText)) return undefined;
	const prefix = Number(prefixText);
	if (prefix > ADDRESS_BITS[parsed.version]) return undefined;
	return { ...parsed, address: clearHostBits(parsed.version, parsed.address, prefix), prefix };
}

/**
 * Reads a range `first..last` of two addresses of one family in ascending order, as the rules language writes it.
 * Blanks around the text are ignored; anything else gives undefined.
 */
export function parseRange(text: string): IpRange | undefined {
	// A dotted address never holds two dots in a row, so the first pair is the separator.
	const [firstText, lastText, ...rest] = text.trim().split('..');
	if (lastText === undefined || rest.length > 0) return undefined;
	const first = parseAddress(firstText);
	const last = parseAddress(lastText);
	if (!first || !last || first.version !== last.version || first.address > last.address) {
		return undefined;
	}
	return { version: first.version, first: first.address, last: last.address };
}

/** The canonical text: RFC 5952 for IPv6, the prefix only where it is not a single address. */
export function formatNetwork({ version, address, prefix }: IpNetwork): string {
	const text = formatAddress(version, address);
	return prefix === ADDRESS_BITS[version] ? text : `${text}/${prefix}`;
}

/** The canonical text `first..last`, or the address alone where both are the same. */
export function formatRange({ version, first, last }: IpRange): string {
	const start = formatAddress(version, first);
	return first === last ? start : `${start}..${formatAddress(version, last)}`;
}

/** True when the value stands for exactly one address. */
export function isSingleAddress({ version, prefix }: IpNetwork): boolean {
	return prefix === ADDRESS_BITS[version];
}

/** The first address of the network of this prefix length in which an address lies. */
export function clearHostBits(version: IpVersion, address: bigint, prefix: number): bigint {
	const hostBits = BigInt(ADDRESS_BITS[version] - prefix);
	return (address >> hostBits) << hostBits;
}

function parseAddress(text: string): IpNetwork | undefined {
	if (text.length > LONGEST_ADDRESS) return undefined;
	const version: IpVersion = text.includes(':') ? 6 : 4;
	const address = version === 6 ? parseIpv6(text) : parseIpv4(text);
	return address === undefined ? undefined : { version, address, prefix: ADDRESS_BITS[version] };
}

function parseIpv4(text: string): bigint | undefined {
	const bytes = text.split('.');
	if (bytes.length !== 4) return undefined;
	if (!bytes.every((byte) => DECIMAL_BYTE.test(byte) && Number(byte) <= 255)) return undefined;
	return joined(bytes.map(BigInt), 8n);
}

function parseIpv6(text: string): bigint | undefined {
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const head = parseGroups(halves[0], halves.length === 1);
	const tail = halves.length === 2 ? parseGroups(halves[1], true) : [];
	if (head === undefined || tail === undefined) return undefined;
	const missing = IPV6_GROUPS - head.length - tail.length;
	// RFC 4291: "::" stands for one or more groups of zeros.
	if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
	return joined([...head, ...new Array<bigint>(missing).fill(0n), ...tail], 16n);
}

/** The 16-bit groups of one side of "::". Only the end of an address may be dotted (`::ffff:192.0.2.1`). */
function parseGroups(text: string, mayEndDotted: boolean): bigint[] | undefined {
	if (text === '') return [];
	const groups: bigint[] = [];
	const parts = text.split(':');
	for (const [index, part] of parts.entries()) {
		if (HEX_GROUP.test(part)) {
			groups.push(BigInt(`0x${part}`));
			continue;
		}
		const dotted = mayEndDotted && index === parts.length - 1 ? parseIpv4(part) : undefined;
		if (dotted === undefined) return undefined;
		groups.push(dotted >> 16n, dotted & 0xffffn);
	}
	return groups;
}

function joined(parts: readonly bigint[], bits: bigint): bigint {
	return parts.reduce((sum, part) => (sum << bits) | part, 0n);
}

function formatAddress(version: IpVersion, address: bigint): string {
	return version === 4 ? formatIpv4(address) : formatIpv6(address);
}

function formatIpv4(address: bigint): string {
	return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

function formatIpv6(address: bigint): string {
	// RFC 5952, section 5: a mapped IPv4 address keeps its dotted form.
	if (address >> 32n === MAPPED_IPV4) return `::ffff:${formatIpv4(address & 0xffffffffn)}`;
	const groups = Array.from({ length: IPV6_GROUPS }, (_, index) => {
		const group = (address >> BigInt(16 * (IPV6_GROUPS - 1 - index))) & 0xffffn;
		return group.toString(16);
	});
	const { start, length } = longestZeroRun(groups);
	// RFC 5952, section 4.2: the first longest run of at least two zero groups is shortened.
	if (length < 2) return groups.join(':');
	return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
	let longest = { start: 0, length: 0 };
	let length = 0;
	groups.forEach((group, index) => {
		length = group === '0' ? length + 1 : 0;
		if (length > longest.length) longest = { start: index - length + 1, length };
	});
	return longest;
}
