import { formatNetwork, parseNetwork } from '../firewall/ipAddress';
import { unmapped } from '../firewall/network';
import { InputError, shown } from '../input/inputError';

/** Cloudflare docs, "Custom lists", IP lists: the shortest prefix that an item may have. */
const SHORTEST = { 4: 8, 6: 12 } as const;

/**
 * An address or network as lists keep it: host bits cleared, IPv6 short and in small letters.
 * @throws InputError when it is none, or too wide for a list
 */
export function parseListAddress(text: string, field: string): string {
	const parsed = parseNetwork(text);
	if (!parsed) {
		throw new InputError(
			field,
			`${shown(text)} is no IP address or network`,
			'Addresses such as 203.0.113.7 or 2001:db8::7, or networks such as 203.0.113.0/24',
		);
	}
	const network = unmapped(parsed);
	const shortest = SHORTEST[network.version];
	if (network.prefix >= shortest) return formatNetwork(network);
	throw new InputError(
		field,
		`${shown(text)} is wider than a list takes`,
		'IPv4 networks from /8 to /32 and IPv6 networks from /12 to /128',
	);
}

/** What Cloudflare keeps, in our spelling, so that both can be compared. */
export function listValue(kept: string): string {
	const network = parseNetwork(kept);
	return network ? formatNetwork(network) : kept;
}
