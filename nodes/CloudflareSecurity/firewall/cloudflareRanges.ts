import { parseNetwork, type IpNetwork } from './ipAddress';

/** Published at https://www.cloudflare.com/ips/; as of 14 October 2026. */
const PUBLISHED = [
	'103.21.244.0/22',
	'103.22.200.0/22',
	'103.31.4.0/22',
	'104.16.0.0/13',
	'104.24.0.0/14',
	'108.162.192.0/18',
	'131.0.72.0/22',
	'141.101.64.0/18',
	'162.158.0.0/15',
	'172.64.0.0/13',
	'173.245.48.0/20',
	'188.114.96.0/20',
	'190.93.240.0/20',
	'197.234.240.0/22',
	'198.41.128.0/17',
	'2400:cb00::/32',
	'2405:8100::/32',
	'2405:b500::/32',
	'2606:4700::/32',
	'2803:f800::/32',
	'2a06:98c0::/29',
	'2c0f:f248::/32',
];

/** The networks from which Cloudflare calls origin servers, for when they cannot be asked for. */
export const builtInCloudflareRanges: readonly IpNetwork[] = networksOf(PUBLISHED)!;

/**
 * Reads the result of `GET /ips`.
 *
 * @returns undefined when it is not what the API documents or lacks a family: then the built-in copy is safer
 */
export function cloudflareRangesFrom(result: unknown): readonly IpNetwork[] | undefined {
	if (typeof result !== 'object' || result === null) return undefined;
	const { ipv4_cidrs: ipv4, ipv6_cidrs: ipv6 } = result as Record<string, unknown>;
	const [four, six] = [networksOf(ipv4), networksOf(ipv6)];
	if (!four?.length || !six?.length) return undefined;
	return [...four, ...six];
}

function networksOf(texts: unknown): IpNetwork[] | undefined {
	if (!Array.isArray(texts)) return undefined;
	const networks = texts.map((text) => (typeof text === 'string' ? parseNetwork(text) : undefined));
	return networks.every((network) => network !== undefined) ? networks : undefined;
}
