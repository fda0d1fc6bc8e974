import ipaddr from 'ipaddr.js';

type Body = (args: unknown[]) => unknown;

const text = (value: unknown): string => (value === undefined ? '' : String(value));

function decoded(value: string): string {
	try {
		return decodeURIComponent(value.replace(/\+/g, ' '));
	} catch {
		return value;
	}
}

function masked(address: string, prefix4: number, prefix6: number): string {
	const parsed = ipaddr.parse(address);
	return parsed instanceof ipaddr.IPv4
		? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefix4}`).toString()
		: ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefix6}`).toString();
}

/** What each function computes; any() and all() are part of the evaluator. */
export const FUNCTION_BODIES: Readonly<Record<string, Body>> = {
	lower: ([value]) => text(value).toLowerCase(),
	upper: ([value]) => text(value).toUpperCase(),
	url_decode: ([value]) => decoded(text(value)),
	decode_base64: ([value]) => Buffer.from(text(value), 'base64').toString(),
	len: ([value]) =>
		typeof value === 'object' && value !== null
			? Object.keys(value).length
			: Buffer.byteLength(text(value)),
	starts_with: ([value, start]) => text(value).startsWith(text(start)),
	ends_with: ([value, end]) => text(value).endsWith(text(end)),
	substring: ([value, from, to]) =>
		text(value).slice(Number(from), to === undefined ? undefined : Number(to)),
	concat: (args) => args.map(text).join(''),
	cidr: ([address, prefix4, prefix6]) => masked(text(address), Number(prefix4), Number(prefix6)),
	cidr6: ([address, prefix6]) => masked(text(address), 32, Number(prefix6)),
};
