import {
	formatNetwork,
	isSingleAddress,
	parseNetwork,
	type IpNetwork,
	type IpVersion,
} from './ipAddress';
import { sameNetwork, unmapped, widenTo } from './network';
import type { Refusal } from './refusal';

/** The prefix lengths of ranges, ascending. Cloudflare docs, "IP Access rules", parameters: there are no others. */
export const ACCESS_RULE_PREFIXES: Readonly<Record<IpVersion, readonly number[]>> = {
	4: [16, 24],
	6: [32, 48, 64],
};

/** An access rule's `configuration` for addresses. */
export interface AccessRuleTarget {
	readonly target: 'ip' | 'ip6' | 'ip_range';
	/** IPv6 with all its digits, as answers show it; `configuration.value` is filtered by that spelling. */
	readonly value: string;
}

export interface AccessRuleRefusal extends Refusal<'prefixNotAllowed'> {
	/** The narrowest range that is allowed and contains the network. */
	readonly wider?: IpNetwork;
	/** The prefix length of the widest ranges that are allowed inside the network, the single address last. */
	readonly narrowerPrefix: number;
	/** How many of those make up the network. */
	readonly narrowerCount: bigint;
}

export type AccessRuleResult = AccessRuleTarget | { readonly refused: AccessRuleRefusal };

/** The target of an IP access rule for a network, or why there is none, with the nearest ranges that there are. */
export function accessRuleTarget(network: IpNetwork): AccessRuleResult {
	const plain = unmapped(network);
	const { version, prefix } = plain;
	if (isSingleAddress(plain)) return { target: version === 4 ? 'ip' : 'ip6', value: inFull(plain) };
	const allowed = ACCESS_RULE_PREFIXES[version];
	if (allowed.includes(prefix)) return { target: 'ip_range', value: inFull(plain) };

	const single = version === 4 ? 32 : 128;
	const widerPrefix = allowed.filter((one) => one < prefix).at(-1);
	const wider = widerPrefix === undefined ? undefined : widenTo(plain, widerPrefix);
	const narrowerPrefix = allowed.find((one) => one > prefix) ?? single;
	const narrowerCount = 1n << BigInt(narrowerPrefix - prefix);
	const inside = narrowerPrefix === single ? 'single addresses' : `ranges of /${narrowerPrefix}`;
	const choices = [...(wider ? [formatNetwork(wider)] : []), `${narrowerCount} ${inside}`];
	const sizes = allowed.map((one) => `/${one}`).join(', ');
	return {
		refused: {
			code: 'prefixNotAllowed',
			reason: `IP access rules take no ${formatNetwork(plain)}, of IPv${version} only single addresses and ${sizes}; the nearest: ${choices.join(' or ')}`,
			...(wider && { wider }),
			narrowerPrefix,
			narrowerCount,
		},
	};
}

/** Whether a rule's `configuration.value` stands for a network, however both are spelled. */
export function isAccessRuleValueOf(value: string, network: IpNetwork): boolean {
	const kept = parseNetwork(value);
	return kept !== undefined && sameNetwork(unmapped(kept), unmapped(network));
}

/** Public answers of the API show `2001:0db8:0100:0000:0000:0000:0000:0000`. */
function inFull(network: IpNetwork): string {
	if (network.version === 4) return formatNetwork(network);
	const digits = network.address.toString(16).padStart(32, '0');
	const address = Array.from({ length: 8 }, (_, group) => digits.slice(4 * group, 4 * group + 4));
	const text = address.join(':');
	return isSingleAddress(network) ? text : `${text}/${network.prefix}`;
}
