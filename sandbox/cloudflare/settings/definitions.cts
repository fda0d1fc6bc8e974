import type { Plan } from '../language/vocabulary.cjs';
import { isObject } from '../rulesets/shape.cjs';

export interface Setting {
	allows: (value: unknown) => boolean;
	/** The value of a fresh zone. */
	initial: unknown;
	/** The least plan that may change it; nobody may when null. */
	editableFrom: Plan | null;
	/** Value → the least plan that may choose it. */
	valueFrom?: Readonly<Record<string, Plan>>;
}

const among =
	(...values: unknown[]) =>
	(value: unknown): boolean =>
		values.includes(value);
const whole = (least: number, most: number) => (value: unknown) =>
	Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const anObject = (value: unknown): boolean => isObject(value);
const words = (value: unknown): boolean =>
	Array.isArray(value) && value.every((each) => typeof each === 'string');

const setting = (
	allows: Setting['allows'],
	initial: unknown,
	editableFrom: Setting['editableFrom'] = 'free',
	valueFrom?: Setting['valueFrom'],
): Setting => ({ allows, initial, editableFrom, ...(valueFrom && { valueFrom }) });
const ON_OFF = among('on', 'off');
const OPEN = among('on', 'off', 'open');

const SWITCHES: ReadonlyArray<[initial: 'on' | 'off', from: Plan | null, names: string]> = [
	[
		'on',
		'free',
		'always_online automatic_https_rewrites brotli browser_check email_obfuscation http3 ip_geolocation ipv6 ' +
			'opportunistic_encryption opportunistic_onion replace_insecure_js websockets early_hints privacy_pass ' +
			'server_side_exclude',
	],
	[
		'off',
		'free',
		'0rtt always_use_https development_mode fonts hotlink_protection rocket_loader tls_1_2_only tls_client_auth ' +
			'redirects_for_ai_training search_for_agents orange_to_orange content_converter',
	],
	['on', 'pro', 'http2'],
	['off', 'pro', 'waf webp'],
	[
		'off',
		'enterprise',
		'china_network_enabled origin_error_page_pass_thru prefetch_preload response_buffering sha1_support ' +
			'sort_query_string_for_cache true_client_ip_header',
	],
	['off', null, 'advanced_ddos'],
];

// prettier-ignore
const CHALLENGE_TTLS = [
	300, 900, 1800, 2700, 3600, 7200, 10800, 14400, 28800, 57600, 86400, 604800, 2592000, 31536000,
];
// prettier-ignore
const EDGE_TTLS = [
	30, 60, 300, 1200, 1800, 3600, 7200, 10800, 14400, 18000, 28800, 43200, 57600, 72000, 86400, 172800, 259200, 345600,
	432000, 518400, 604800,
];

/** Every setting with its values. Sources: SDK 7.3 (names and values), Cloudflare docs (plans). */
export const SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
	...SWITCHES.flatMap(([initial, from, names]) =>
		names.split(' ').map((name): [string, Setting] => [name, setting(ON_OFF, initial, from)]),
	),
	[
		'security_level',
		setting(
			among('off', 'essentially_off', 'low', 'medium', 'high', 'under_attack'),
			'medium',
			'free',
			{ off: 'enterprise' },
		),
	],
	[
		'ssl',
		setting(among('off', 'flexible', 'full', 'strict', 'origin_pull'), 'full', 'free', {
			origin_pull: 'enterprise',
		}),
	],
	['ssl_recommender', setting(among(true, false), true)],
	['min_tls_version', setting(among('1.0', '1.1', '1.2', '1.3'), '1.2')],
	['tls_1_3', setting(among('on', 'off', 'zrt'), 'on')],
	['browser_cache_ttl', setting(whole(0, 31536000), 14400)],
	['challenge_ttl', setting(among(...CHALLENGE_TTLS), 1800)],
	['edge_cache_ttl', setting(among(...EDGE_TTLS), 7200)],
	['max_upload', setting(whole(100, 5000), 100, 'business')],
	['proxy_read_timeout', setting(whole(1, 6000), 100, 'enterprise')],
	['origin_h2_max_streams', setting(whole(1, 1000), 200, 'enterprise')],
	['origin_max_http_version', setting(among('1', '2'), '2')],
	['cache_level', setting(among('aggressive', 'basic', 'simplified'), 'aggressive')],
	['polish', setting(among('off', 'lossless', 'lossy'), 'off', 'pro')],
	['pseudo_ipv4', setting(among('off', 'add_header', 'overwrite_header'), 'off')],
	['h2_prioritization', setting(among('on', 'off', 'custom'), 'off', 'pro')],
	['image_resizing', setting(OPEN, 'off', 'pro')],
	['transformations', setting(OPEN, 'off')],
	['ciphers', setting(words, [])],
	['nel', setting(anObject, { enabled: true })],
	['aegis', setting(anObject, { enabled: false }, 'enterprise')],
	[
		'security_header',
		setting(anObject, {
			strict_transport_security: {
				enabled: false,
				max_age: 0,
				include_subdomains: false,
				preload: false,
				nosniff: false,
			},
		}),
	],
]);
