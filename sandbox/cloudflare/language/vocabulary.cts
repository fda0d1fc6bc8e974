import type { Type, ValueType } from './ast.cjs';

export type Plan = 'free' | 'pro' | 'business' | 'enterprise';
export const PLANS: readonly Plan[] = ['free', 'pro', 'business', 'enterprise'];
export const planHas = (plan: Plan, least: Plan): boolean =>
	PLANS.indexOf(plan) >= PLANS.indexOf(least);

const strings: Type = { array: 'string' };
const multiMap: Type = { map: strings };

/** Field → type. Source: Cloudflare docs, rules language fields reference. */
export const FIELDS: ReadonlyMap<string, Type> = new Map<string, Type>([
	['ip.src', 'ip'],
	['ip.src.country', 'string'],
	['ip.geoip.country', 'string'],
	['ip.src.continent', 'string'],
	['ip.geoip.continent', 'string'],
	['ip.src.asnum', 'int'],
	['ip.geoip.asnum', 'int'],
	['http.host', 'string'],
	['http.request.method', 'string'],
	['http.request.uri', 'string'],
	['http.request.uri.path', 'string'],
	['http.request.uri.path.extension', 'string'],
	['http.request.uri.query', 'string'],
	['http.request.uri.args', multiMap],
	['http.request.uri.args.names', strings],
	['http.request.uri.args.values', strings],
	['http.request.full_uri', 'string'],
	['http.request.version', 'string'],
	['http.request.headers', multiMap],
	['http.request.headers.names', strings],
	['http.request.headers.values', strings],
	['http.request.cookies', multiMap],
	['http.request.body.raw', 'string'],
	['http.user_agent', 'string'],
	['http.referer', 'string'],
	['http.cookie', 'string'],
	['http.x_forwarded_for', 'string'],
	['http.response.code', 'int'],
	['ssl', 'bool'],
	['cf.edge.server_port', 'int'],
	['cf.client.bot', 'bool'],
	['cf.bot_management.score', 'int'],
	['cf.bot_management.verified_bot', 'bool'],
	['cf.bot_management.ja3_hash', 'string'],
	['cf.bot_management.ja4', 'string'],
	['cf.waf.score', 'int'],
	['cf.threat_score', 'int'],
	['cf.zone.name', 'string'],
	['cf.zone.plan', 'string'],
	['cf.unique_visitor_id', 'string'],
]);

/** Fields that need at least this plan. */
export const FIELD_PLANS: ReadonlyMap<string, Plan> = new Map<string, Plan>([
	['http.request.body.raw', 'enterprise'],
	['cf.bot_management.score', 'enterprise'],
	['cf.bot_management.verified_bot', 'enterprise'],
	['cf.bot_management.ja3_hash', 'enterprise'],
	['cf.bot_management.ja4', 'enterprise'],
	['cf.waf.score', 'business'],
]);

/** What a function takes and gives. `many` is a logical expression over `[*]`. */
export interface Signature {
	args: Array<ValueType | 'many' | 'countable'>;
	/** Type of further arguments, as in concat(). */
	rest?: ValueType;
	/** How many of `args` may be left out. */
	optional?: number;
	result: ValueType;
	plan?: Plan;
}

export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map<string, Signature>([
	['any', { args: ['many'], result: 'bool' }],
	['all', { args: ['many'], result: 'bool' }],
	['lower', { args: ['string'], result: 'string' }],
	['upper', { args: ['string'], result: 'string' }],
	['url_decode', { args: ['string'], result: 'string' }],
	['decode_base64', { args: ['string'], result: 'string' }],
	['len', { args: ['countable'], result: 'int' }],
	['starts_with', { args: ['string', 'string'], result: 'bool' }],
	['ends_with', { args: ['string', 'string'], result: 'bool' }],
	['substring', { args: ['string', 'int', 'int'], optional: 1, result: 'string' }],
	['concat', { args: ['string'], rest: 'string', result: 'string' }],
	['cidr', { args: ['ip', 'int', 'int'], result: 'ip' }],
	['cidr6', { args: ['ip', 'int'], result: 'ip' }],
]);
