import { formatNetwork, type IpNetwork, type IpVersion } from './ipAddress';
import { unmapped } from './network';
import type { Refusal } from './refusal';

/**
 * The shortest prefixes of list items. Cloudflare docs, "Custom lists", as of October 2026: IPv4 /8 to /32, IPv6 /12 to
 * /128. Older versions of the page name /4 or /12 to /64 for IPv6 networks.
 */
export const WIDEST_LIST_ITEM: Readonly<Record<IpVersion, number>> = { 4: 8, 6: 12 };

export type ListItemResult =
	| { readonly ip: string }
	| { readonly refused: Refusal<'tooWideForList'> };

/**
 * An IP list's item for a network, in the spelling in which Cloudflare keeps it: host bits cleared, no /32 and /128,
 * IPv6 short and in small letters, IPv4 inside IPv6 as IPv4.
 */
export function listItemFor(network: IpNetwork): ListItemResult {
	const plain = unmapped(network);
	const widest = WIDEST_LIST_ITEM[plain.version];
	const ip = formatNetwork(plain);
	if (plain.prefix >= widest) return { ip };
	const reason = `${ip} is wider than /${widest}, the widest IPv${plain.version} network that a list takes`;
	return { refused: { code: 'tooWideForList', reason } };
}
