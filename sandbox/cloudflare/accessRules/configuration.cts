import ipaddr from 'ipaddr.js';
import { isObject } from '../rulesets/shape.cjs';
import { TARGETS, type Configuration, type Target } from './types.cjs';

const LARGEST_ASN = 2 ** 32 - 1;
/** Source: Cloudflare docs, IP Access rules, parameters. */
const PREFIXES: Readonly<Record<4 | 6, readonly number[]>> = { 4: [16, 24], 6: [32, 48, 64] };
const NETWORK = /^([^/]+)\/(\d{1,3})$/;

const isIPv6 = (text: string): boolean =>
	text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
/** Source: answers quoted in public issues: IPv6 is kept with all its digits. */
const long = ({ parts }: ipaddr.IPv6): string =>
	parts.map((part) => part.toString(16).padStart(4, '0')).join(':');

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function network(text: string): string | undefined {
	const [, host = '', digits = ''] = NETWORK.exec(text) ?? [];
	const family = isIPv6(host) ? 6 : ipaddr.IPv4.isValidFourPartDecimal(host) ? 4 : undefined;
	if (family === undefined || !PREFIXES[family].includes(Number(digits))) return undefined;
	// That host bits are cleared is a stand-in.
	if (family === 6) return `${long(ipaddr.IPv6.networkAddressFromCIDR(text))}/${digits}`;
	return `${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${digits}`;
}

/** Target → the value as it is kept, or undefined for what is none. */
const VALUES: Readonly<Record<Target, (text: string) => string | undefined>> = {
	ip: (text) => (ipaddr.IPv4.isValidFourPartDecimal(text) ? text : undefined),
	ip6: (text) => (isIPv6(text) ? long(ipaddr.IPv6.parse(text)) : undefined),
	ip_range: network,
	asn: (text) => {
		const [, digits] = /^AS([1-9]\d*)$/i.exec(text) ?? [];
		return digits !== undefined && Number(digits) <= LARGEST_ASN ? `AS${digits}` : undefined;
	},
	// T1 stands for Tor, XX for an unknown country.
	country: (text) => {
		const known = /^[A-Z]{2}$/.test(text) && regions.of(text) !== undefined;
		return known || text === 'T1' || text === 'XX' ? text : undefined;
	},
};

export const isTarget = (value: unknown): value is Target =>
	TARGETS.some((target) => target === value);

/** The configuration of a body, or what is wrong with it. */
export function configurationOf(body: unknown): Configuration | string {
	const { target, value } = isObject(body) ? body : {};
	if (!isTarget(target)) return `unsupported target received: ${String(target ?? '')}`;
	const kept = typeof value === 'string' ? VALUES[target](value) : undefined;
	if (kept !== undefined) return { target, value: kept };
	return `invalid ${target.startsWith('ip') ? 'ip' : target} provided`;
}
