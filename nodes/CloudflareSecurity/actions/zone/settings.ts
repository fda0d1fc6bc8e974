import type { INodePropertyOptions } from 'n8n-workflow';
import type { ZoneTarget } from '../../targets/zone';
import { apiPath, type ApiPath, type PathSegment } from '../../transport/path';

/** A setting as the API sends it; a few say `enabled` in place of `value`. */
export interface ZoneSetting {
	[key: string]: unknown;
	id: string;
	value?: unknown;
	enabled?: unknown;
}

export const settingPath = ({ id }: ZoneTarget, setting: PathSegment): ApiPath =>
	apiPath`/zones/${id}/settings/${setting}`;

/** Whether the setting takes `{"enabled": …}` and not `{"value": …}`, as ssl_recommender does. */
export const saysEnabled = (setting: ZoneSetting): boolean =>
	!('value' in setting) && 'enabled' in setting;

export const valueOf = (setting: ZoneSetting): unknown =>
	saysEnabled(setting) ? setting.enabled : setting.value;

/** The settings that SDK 7.3 knows, without those that have gone since (mirage, pre_render, cname_flattening). */
export const knownSettings: INodePropertyOptions[] = [
	{ name: '0-RTT Connection Resumption', value: '0rtt' },
	{ name: 'Advanced DDoS Protection', value: 'advanced_ddos' },
	{ name: 'Aegis Egress IPs', value: 'aegis' },
	{ name: 'Always Online', value: 'always_online' },
	{ name: 'Always Use HTTPS', value: 'always_use_https' },
	{ name: 'Automatic HTTPS Rewrites', value: 'automatic_https_rewrites' },
	{ name: 'Automatic Platform Optimization', value: 'automatic_platform_optimization' },
	{ name: 'Brotli', value: 'brotli' },
	{ name: 'Browser Cache TTL', value: 'browser_cache_ttl' },
	{ name: 'Browser Integrity Check', value: 'browser_check' },
	{ name: 'Cache Level', value: 'cache_level' },
	{ name: 'Challenge Passage', value: 'challenge_ttl' },
	{ name: 'China Network', value: 'china_network_enabled' },
	{ name: 'Cipher Suites', value: 'ciphers' },
	{ name: 'Content Converter', value: 'content_converter' },
	{ name: 'Development Mode', value: 'development_mode' },
	{ name: 'Early Hints', value: 'early_hints' },
	{ name: 'Edge Cache TTL', value: 'edge_cache_ttl' },
	{ name: 'Email Address Obfuscation', value: 'email_obfuscation' },
	{ name: 'Enhanced HTTP/2 Prioritization', value: 'h2_prioritization' },
	{ name: 'Fonts', value: 'fonts' },
	{ name: 'Hotlink Protection', value: 'hotlink_protection' },
	{ name: 'HSTS (Security Header)', value: 'security_header' },
	{ name: 'HTTP/2', value: 'http2' },
	{ name: 'HTTP/2 to Origin: Max Streams', value: 'origin_h2_max_streams' },
	{ name: 'HTTP/3 (QUIC)', value: 'http3' },
	{ name: 'Image Resizing', value: 'image_resizing' },
	{ name: 'Image Transformations', value: 'transformations' },
	{ name: 'Image Transformations: Allowed Origins', value: 'transformations_allowed_origins' },
	{ name: 'IP Geolocation Header', value: 'ip_geolocation' },
	{ name: 'IPv6 Compatibility', value: 'ipv6' },
	{ name: 'Maximum Upload Size', value: 'max_upload' },
	{ name: 'Minimum TLS Version', value: 'min_tls_version' },
	{ name: 'Network Error Logging', value: 'nel' },
	{ name: 'Onion Routing', value: 'opportunistic_onion' },
	{ name: 'Opportunistic Encryption', value: 'opportunistic_encryption' },
	{ name: 'Orange to Orange', value: 'orange_to_orange' },
	{ name: 'Origin Error Page Pass-Through', value: 'origin_error_page_pass_thru' },
	{ name: 'Origin Max HTTP Version', value: 'origin_max_http_version' },
	{ name: 'Polish', value: 'polish' },
	{ name: 'Prefetch URLs', value: 'prefetch_preload' },
	{ name: 'Privacy Pass', value: 'privacy_pass' },
	{ name: 'Proxy Read Timeout', value: 'proxy_read_timeout' },
	{ name: 'Pseudo IPv4', value: 'pseudo_ipv4' },
	{ name: 'Redirects for AI Training', value: 'redirects_for_ai_training' },
	{ name: 'Replace Insecure JavaScript Libraries', value: 'replace_insecure_js' },
	{ name: 'Response Buffering', value: 'response_buffering' },
	{ name: 'Rocket Loader', value: 'rocket_loader' },
	{ name: 'Search for Agents', value: 'search_for_agents' },
	{ name: 'Security Level', value: 'security_level' },
	{ name: 'Server-Side Excludes', value: 'server_side_exclude' },
	{ name: 'SHA-1 Support', value: 'sha1_support' },
	{ name: 'Sort Query String for Cache', value: 'sort_query_string_for_cache' },
	{ name: 'SSL/TLS Encryption Mode', value: 'ssl' },
	{ name: 'SSL/TLS Recommender', value: 'ssl_recommender' },
	{ name: 'TLS 1.2 Only', value: 'tls_1_2_only' },
	{ name: 'TLS 1.3', value: 'tls_1_3' },
	{ name: 'TLS Client Auth (Authenticated Origin Pulls)', value: 'tls_client_auth' },
	{ name: 'True Client IP Header', value: 'true_client_ip_header' },
	{ name: 'WAF (Previous Version)', value: 'waf' },
	{ name: 'WebMCP', value: 'webmcp_enabled' },
	{ name: 'WebMCP Packs', value: 'webmcp_packs' },
	{ name: 'WebP', value: 'webp' },
	{ name: 'WebSockets', value: 'websockets' },
];
