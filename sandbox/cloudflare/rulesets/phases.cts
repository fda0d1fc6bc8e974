const CHALLENGES = ['challenge', 'js_challenge', 'managed_challenge'];

export interface Phase {
	levels: ReadonlyArray<'zone' | 'account'>;
	actions: readonly string[];
	/** Permission group at zone level. Source: Cloudflare docs, API token permissions. */
	zonePermission: string;
}

const phase = (
	levels: Phase['levels'],
	actions: readonly string[],
	zonePermission: string,
): Phase => ({ levels, actions, zonePermission });
const ZONE = ['zone'] as const;
const ACCOUNT = ['account'] as const;
const BOTH = ['zone', 'account'] as const;
const WAF = 'Zone WAF';
const TRANSFORM = 'Zone Transform Rules';

/** Phases with no actions are kept by their products: nothing can be written. Source: SDK 7.3 and Cloudflare docs. */
export const PHASES: ReadonlyMap<string, Phase> = new Map([
	[
		'http_request_firewall_custom',
		phase(BOTH, ['block', ...CHALLENGES, 'log', 'skip', 'execute', 'rewrite'], WAF),
	],
	['http_ratelimit', phase(BOTH, ['block', ...CHALLENGES, 'log', 'execute'], WAF)],
	['http_request_firewall_managed', phase(BOTH, ['execute', 'skip'], WAF)],
	['http_response_firewall_managed', phase(BOTH, ['execute'], WAF)],
	['http_request_sbfm', phase(ZONE, [], 'Bot Management')],
	['ddos_l7', phase(BOTH, ['execute'], 'HTTP DDoS Managed Ruleset')],
	['ddos_l4', phase(ACCOUNT, ['execute'], '')],
	['http_request_dynamic_redirect', phase(ZONE, ['redirect'], 'Dynamic URL Redirects')],
	['http_request_redirect', phase(ACCOUNT, ['redirect'], '')],
	['http_request_transform', phase(ZONE, ['rewrite'], TRANSFORM)],
	['http_request_late_transform', phase(ZONE, ['rewrite'], TRANSFORM)],
	['http_response_headers_transform', phase(ZONE, ['rewrite'], TRANSFORM)],
	['http_request_origin', phase(ZONE, ['route'], 'Origin')],
	['http_config_settings', phase(ZONE, ['set_config'], 'Config Settings')],
	['http_request_cache_settings', phase(ZONE, ['set_cache_settings'], 'Cache Settings')],
	[
		'http_response_cache_settings',
		phase(ZONE, ['set_cache_settings', 'set_cache_control', 'set_cache_tags'], 'Cache Settings'),
	],
	['http_response_compression', phase(ZONE, ['compress_response'], 'Response Compression')],
	['http_custom_errors', phase(BOTH, ['serve_error'], 'Custom Errors')],
	['http_log_custom_fields', phase(ZONE, ['log_custom_field'], 'Logs')],
	['http_request_sanitize', phase(ZONE, [], 'Sanitize')],
	['magic_transit', phase(ACCOUNT, ['block', 'skip', 'execute'], '')],
	['magic_transit_managed', phase(ACCOUNT, ['execute'], '')],
	['magic_transit_ratelimit', phase(ACCOUNT, ['block', 'execute'], '')],
	['magic_transit_ids_managed', phase(ACCOUNT, ['execute'], '')],
]);

export const ZONE_PERMISSIONS: readonly string[] = [
	...new Set([...PHASES.values()].map(({ zonePermission }) => zonePermission).filter(Boolean)),
];
/** Either of them serves every phase at account level. */
export const ACCOUNT_PERMISSIONS: readonly string[] = ['Account WAF', 'Account Rulesets'];
