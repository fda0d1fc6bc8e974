import type { INodeProperties } from 'n8n-workflow';
import {
	blockNetworkFor,
	DEFAULT_IPV6_BLOCK_SIZE,
	ipv6BlockSizes,
	type Ipv6BlockSize,
} from '../../firewall/blockNetwork';
import { cleanAddress } from '../../firewall/cleanAddress';
import { builtInCloudflareRanges, cloudflareRangesFrom } from '../../firewall/cloudflareRanges';
import { formatNetwork, isSingleAddress, type IpNetwork } from '../../firewall/ipAddress';
import { documentationOf, protectionOf } from '../../firewall/protectedNetworks';
import type { Refusal } from '../../firewall/refusal';
import { InputError, shown } from '../../input/inputError';
import { keyText } from '../../input/keyText';
import { textList } from '../../input/textList';
import { yesOrNo } from '../../input/values';
import { apiPath } from '../../transport/path';
import type { Item } from '../item';
import type { Subject } from './addresses';

/** What may be blocked and how wide. Members of a collection, in the order of the alphabet with the others of Block. */
export const guardOptions = {
	allowProtected: {
		displayName: 'Allow Protected Networks',
		name: 'allowProtected',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to block also private and other special networks, those of Cloudflare, and your own protected ones. Cannot come from an expression, so that no data can ask for it.',
	},
	allowWide: {
		displayName: 'Allow Wide Networks',
		name: 'allowWide',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to block also networks wider than /16 (IPv4) or /32 (IPv6), and networks that stand in a free text. Cannot come from an expression.',
	},
	ipv6BlockSize: {
		displayName: 'IPv6 Block Size',
		name: 'ipv6BlockSize',
		type: 'options',
		options: [
			{ name: '/48', value: 48, description: 'A whole site' },
			{ name: '/56', value: 56, description: 'What many providers give a household' },
			{ name: '/64', value: 64, description: 'One network, in which a host changes its address' },
			{ name: '/128', value: 128, description: 'The single address' },
		],
		default: 64,
		description: 'An IPv6 address is widened to a network of this size, which the result tells',
	},
	protectedNetworks: {
		displayName: 'Protected Networks',
		name: 'protectedNetworks',
		type: 'string',
		default: '',
		placeholder: 'e.g. 198.51.100.0/24, 2001:db8:7::/48',
		description:
			'Addresses and networks of your own that must never be blocked, separated by commas or lines, or a list from an expression',
	},
} as const satisfies Record<string, INodeProperties>;

export interface GuardChoice {
	own: readonly IpNetwork[];
	allowWide: boolean;
	/** Also what is protected may be blocked. */
	force: boolean;
	ipv6Prefix: Ipv6BlockSize;
}

const OWN = 'Protected Networks';

/** The last one read: the items of a run name the same networks again and again. */
let lastOwn: { key: string | symbol; networks: readonly IpNetwork[] } | undefined;

function readOwn(options: Readonly<Record<string, unknown>>): readonly IpNetwork[] {
	if (!Object.hasOwn(options, 'protectedNetworks')) return [];
	const value = options.protectedNetworks;
	const key = keyText(value);
	if (lastOwn?.key === key) return lastOwn.networks;
	const networks = textList(value, { field: OWN, separator: /[\s,;]+/ }).map((text) => {
		const result = cleanAddress(text);
		if ('network' in result) return result.network;
		// One that is left out by mistake would not be protected.
		throw new InputError(OWN, result.refused.reason, 'Addresses or networks');
	});
	// An expression without a value must not leave them unprotected.
	if (networks.length === 0) {
		throw new InputError(OWN, 'nothing was given', 'Addresses or networks; or remove this option');
	}
	lastOwn = { key, networks };
	return networks;
}

/** Sends nothing. @throws InputError */
export function readGuard(item: Item): GuardChoice {
	const options = item.collection('options');
	const flag = (name: 'allowProtected' | 'allowWide', field: string) =>
		Object.hasOwn(options, name) && yesOrNo(options[name], field);
	const size = options.ipv6BlockSize ?? DEFAULT_IPV6_BLOCK_SIZE;
	const ipv6Prefix = ipv6BlockSizes.find(
		(one) => one === size || (typeof size === 'string' && one === Number(size)),
	);
	if (ipv6Prefix === undefined) {
		const known = ipv6BlockSizes.map((one) => `/${one}`);
		throw new InputError('IPv6 Block Size', `got ${shown(size)}`, `One of: ${known.join(', ')}`);
	}
	return {
		own: readOwn(options),
		allowWide: flag('allowWide', guardOptions.allowWide.displayName),
		force: flag('allowProtected', guardOptions.allowProtected.displayName),
		ipv6Prefix,
	};
}

/**
 * Cloudflare's own networks, asked for once a run. Without an answer those that this package knows hold: they change
 * once in years.
 * @throws NodeApiError when the execution was cancelled
 */
export async function cloudflareRanges(item: Item): Promise<readonly IpNetwork[]> {
	const { client } = item;
	return await item.lookUp(['ips'], async () => {
		const outcome = await client.attempt<unknown>({
			method: 'GET',
			path: apiPath`/ips`,
			expect: 'object',
			maxTries: 2,
		});
		if (!outcome.ok && outcome.failure.kind === 'cancelled') client.unwrap(outcome);
		const ranges = outcome.ok ? cloudflareRangesFrom(outcome.envelope.result) : undefined;
		return ranges ?? builtInCloudflareRanges;
	});
}

/** A subject as it would be blocked. */
export interface Guarded extends Subject {
	/** The network that was named, which the block may be wider than. */
	readonly named?: IpNetwork;
	/** The network in full, where it is wider than what was named. */
	readonly widenedTo?: string;
}

/** In a text that an attacker may have written, a network is an offer to block many others. */
function networkInText(
	{ network, isFromText }: Subject,
	{ allowWide }: GuardChoice,
): Refusal | undefined {
	if (!network || isFromText !== true || allowWide || isSingleAddress(network)) return undefined;
	return {
		code: 'networkInText',
		reason: `${formatNetwork(network)} is a network, and from a free text only single addresses are blocked`,
	};
}

/** Widens a subject to what is blocked, and refuses what must not be. */
export function guarded(
	subject: Subject,
	choice: GuardChoice,
	cloudflare: readonly IpNetwork[],
): Guarded {
	if (!subject.network) return subject;
	const { network, widenedTo } = blockNetworkFor(subject.network, choice.ipv6Prefix);
	const { own, allowWide, force } = choice;
	const refused =
		networkInText(subject, choice) ??
		protectionOf(network, { own, cloudflare }, { allowWide, force });
	const example = documentationOf(network);
	return {
		...subject,
		named: subject.network,
		network,
		notes: [
			...subject.notes,
			...(widenedTo === undefined ? [] : [`the whole network ${widenedTo} is meant`]),
			...(example === undefined ? [] : [`this is an address for ${example}`]),
		],
		...(widenedTo === undefined ? {} : { widenedTo }),
		...(refused ? { refused } : {}),
	};
}
