import { formatNetwork, parseNetwork } from '../firewall/ipAddress';
import { listItemFor } from '../firewall/listItem';
import { InputError, shown } from '../input/inputError';

/**
 * An address or network as lists keep it: host bits cleared, IPv6 short and in small letters.
 * @throws InputError when it is none, or too wide for a list
 */
export function parseListAddress(text: string, field: string): string {
	const network = parseNetwork(text);
	if (!network) {
		throw new InputError(
			field,
			`${shown(text)} is no IP address or network`,
			'Addresses such as 203.0.113.7 or 2001:db8::7, or networks such as 203.0.113.0/24',
		);
	}
	const item = listItemFor(network);
	if ('ip' in item) return item.ip;
	throw new InputError(
		field,
		item.refused.reason,
		'IPv4 networks from /8 to /32 and IPv6 networks from /12 to /128',
	);
}

/** What Cloudflare keeps, in our spelling, so that both can be compared. */
export function listValue(kept: string): string {
	const network = parseNetwork(kept);
	return network ? formatNetwork(network) : kept;
}
