import type { INodeProperties } from 'n8n-workflow';
import {
	accessRuleTarget,
	isAccessRuleValueOf,
	type AccessRuleRefusal,
} from '../../firewall/accessRuleTarget';
import { formatNetwork, parseNetwork, type IpNetwork } from '../../firewall/ipAddress';
import { unmapped } from '../../firewall/network';
import { InputError, shown } from '../../input/inputError';
import { oneOf } from '../../input/values';
import type { Item } from '../item';
import type { AccessRule } from './accessRule';

/** The API's words for what a rule is about. */
export const targets = ['asn', 'country', 'ip', 'ip6', 'ip_range'] as const;
export type Target = (typeof targets)[number];

/** What a rule is about. */
export interface Configuration {
	target: Target;
	/** In its shortest spelling. */
	value: string;
	/** Set for addresses and ranges. */
	network?: IpNetwork;
	/** As Cloudflare keeps it, where that is another spelling. */
	kept?: string;
}

const FIELD = 'Value';

/** How the value may be kept, the likeliest spelling first. */
export const spellings = ({ value, kept = value }: Configuration): string[] => [
	...new Set([kept, value]),
];

export function isAbout({ configuration }: AccessRule, { target, value, network }: Configuration) {
	if (configuration.target !== target) return false;
	return network
		? isAccessRuleValueOf(configuration.value, network)
		: configuration.value.toUpperCase() === value;
}

/** What a rule for a network is about, or why there is none. */
export function configurationFor(
	network: IpNetwork,
): Configuration | { readonly refused: AccessRuleRefusal } {
	const result = accessRuleTarget(network);
	if ('refused' in result) return result;
	const plain = unmapped(network);
	const { target, value: kept } = result;
	return { target, value: formatNetwork(plain), network: plain, kept };
}

const refused = (value: unknown, expected: string) =>
	new InputError(FIELD, `got ${shown(value)}`, expected);

function readNetwork(value: unknown): Configuration {
	const network = typeof value === 'string' ? parseNetwork(value) : undefined;
	if (!network) throw refused(value, 'An address such as 203.0.113.7 or 2001:db8::7, or a range');
	const configuration = configurationFor(network);
	if (!('refused' in configuration)) return configuration;
	throw new InputError(
		FIELD,
		configuration.refused.reason,
		'An address or range that access rules take, or an IP list: it takes other networks too',
	);
}

const LARGEST_ASN = 2 ** 32 - 1;

function readAsn(value: unknown): Configuration {
	const text = typeof value === 'number' ? String(value) : value;
	const [, digits] =
		(typeof text === 'string' && /^\s*(?:AS)?([1-9]\d{0,9})\s*$/i.exec(text)) || [];
	if (digits === undefined || Number(digits) > LARGEST_ASN) {
		throw refused(value, 'The number of an autonomous system, such as AS64496');
	}
	return { target: 'asn', value: `AS${digits}` };
}

function readCountry(value: unknown): Configuration {
	const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
	if (/^(?:[A-Z]{2}|T1)$/.test(code)) return { target: 'country', value: code };
	throw refused(value, 'A country code of two letters such as DE, T1 for Tor, or XX for unknown');
}

const whatNetworksAre: Partial<Record<Target, string>> = {
	ip: 'A single IPv4 address',
	ip6: 'A single IPv6 address',
	ip_range: 'A range such as 203.0.113.0/24 or 2001:db8::/64',
};

/** Sends nothing. @throws InputError when it is nothing that a rule can be about */
export function parseConfiguration(target: unknown, value: unknown): Configuration {
	const wanted = oneOf(target, ['address', ...targets], 'Target');
	if (wanted === 'asn') return readAsn(value);
	if (wanted === 'country') return readCountry(value);
	const configuration = readNetwork(value);
	if (wanted === 'address' || configuration.target === wanted) return configuration;
	throw refused(value, whatNetworksAre[wanted] ?? '');
}

/** Sends nothing. @throws InputError */
export const readConfiguration = (item: Item): Configuration =>
	parseConfiguration(item.value('target', 'address'), item.value('value', ''));

export const targetNames = {
	asn: 'Autonomous System (ASN)',
	country: 'Country',
	ip: 'IPv4 Address',
	ip6: 'IPv6 Address',
	ip_range: 'IP Range',
} as const satisfies Record<Target, string>;

/** What a rule is about, as two fields. */
export const configurationFields: INodeProperties[] = [
	{
		displayName: 'Target',
		name: 'target',
		type: 'options',
		options: [
			{
				name: 'Address or Range',
				value: 'address',
				description: 'An IPv4 or IPv6 address or range, whichever the value is',
			},
			...targets.map((value) => ({ name: targetNames[value], value })),
		],
		default: 'address',
		description: 'What kind of visitors the rule is about',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7',
		description:
			'An address (203.0.113.7, 2001:db8::7), a range (IPv4 /16 or /24, IPv6 /32, /48 or /64), an autonomous system (AS64496) or a country code of two letters (T1 for Tor), depending on the target',
	},
];
