import { apiWord, type PathSegment } from '../transport/path';
import type { ScopeKind } from './scope';

export interface Phase {
	value: string;
	/** Cloudflare's product name in the dashboard. */
	name: string;
	scopes: readonly ScopeKind[];
}

const both: readonly ScopeKind[] = ['zone', 'account'];
const zoneOnly: readonly ScopeKind[] = ['zone'];
const accountOnly: readonly ScopeKind[] = ['account'];

export const CUSTOM_PHASE = 'http_request_firewall_custom';
export const RATE_LIMIT_PHASE = 'http_ratelimit';
export const MANAGED_PHASE = 'http_request_firewall_managed';

/** Phases and where they exist (Cloudflare docs, "Phases list"). */
export const phases: readonly Phase[] = [
	{ value: CUSTOM_PHASE, name: 'Custom Rules (WAF)', scopes: both },
	{ value: RATE_LIMIT_PHASE, name: 'Rate Limiting Rules', scopes: both },
	{ value: MANAGED_PHASE, name: 'Managed Rules (WAF)', scopes: both },
	{ value: 'http_response_firewall_managed', name: 'Sensitive Data Detection', scopes: both },
	{ value: 'http_request_sbfm', name: 'Super Bot Fight Mode', scopes: zoneOnly },
	{ value: 'ddos_l7', name: 'HTTP DDoS Attack Protection', scopes: both },
	{ value: 'ddos_l4', name: 'Network-Layer DDoS Attack Protection', scopes: accountOnly },
	{ value: 'http_request_dynamic_redirect', name: 'Single Redirects', scopes: zoneOnly },
	{ value: 'http_request_redirect', name: 'Bulk Redirects', scopes: accountOnly },
	{ value: 'http_request_transform', name: 'URL Rewrite Rules', scopes: both },
	{ value: 'http_request_late_transform', name: 'Request Header Transform Rules', scopes: both },
	{
		value: 'http_response_headers_transform',
		name: 'Response Header Transform Rules',
		scopes: both,
	},
	{ value: 'http_request_origin', name: 'Origin Rules', scopes: zoneOnly },
	{ value: 'http_config_settings', name: 'Configuration Rules', scopes: zoneOnly },
	{ value: 'http_request_cache_settings', name: 'Cache Rules', scopes: zoneOnly },
	{ value: 'http_response_cache_settings', name: 'Cache Response Rules', scopes: zoneOnly },
	{ value: 'http_response_compression', name: 'Compression Rules', scopes: zoneOnly },
	{ value: 'http_custom_errors', name: 'Custom Error Rules', scopes: both },
	{ value: 'http_log_custom_fields', name: 'Logpush Custom Fields', scopes: zoneOnly },
	{ value: 'http_request_sanitize', name: 'URL Normalization', scopes: zoneOnly },
	{ value: 'magic_transit', name: 'Network Firewall', scopes: accountOnly },
	{ value: 'magic_transit_managed', name: 'Network Firewall, Managed', scopes: accountOnly },
	{
		value: 'magic_transit_ratelimit',
		name: 'Network Firewall, Rate Limiting',
		scopes: accountOnly,
	},
	{
		value: 'magic_transit_ids_managed',
		name: 'Network Firewall, Intrusion Detection',
		scopes: accountOnly,
	},
];

/** The phases with these names, in the order of the list above. */
export const phasesNamed = (...values: readonly string[]): readonly Phase[] =>
	phases.filter(({ value }) => values.includes(value));

/** @throws InputError when the phase does not exist at this level */
export function parsePhase(value: unknown, scope: ScopeKind): PathSegment {
	const words = phases.filter(({ scopes }) => scopes.includes(scope)).map((phase) => phase.value);
	return apiWord(value, words, 'Phase');
}
