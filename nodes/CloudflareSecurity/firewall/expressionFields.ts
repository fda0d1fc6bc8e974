/**
 * What a condition can look at. Cloudflare rules language: "Fields reference". Which of them a zone may use depends
 * on its plan and on the phase; the API tells, so nothing is pre-judged here.
 */

export type ValueType = 'ip' | 'string' | 'integer' | 'boolean';

/** Texts that come from a fixed set of codes. They are written in capitals, because Cloudflare writes them so. */
export type CodeFormat = 'country' | 'continent' | 'method';

export interface ExpressionField {
	/** The name in the rules language, also the value of the dropdown. */
	readonly name: string;
	/** The dropdown's text. */
	readonly label: string;
	readonly description?: string;
	readonly type: ValueType;
	/** The text is one of a set of codes; only equality and sets make sense. */
	readonly codes?: CodeFormat;
	/** Integers: the largest value that the field can have. */
	readonly maximum?: number;
	/** Integers: `AS13335` is accepted as well. */
	readonly asNumber?: true;
	/** The kind of Cloudflare list that the field can be looked up in. */
	readonly list?: 'IP' | 'hostname' | 'ASN';
	/** The field is a collection: a condition also gives the name of the header or argument. */
	readonly named?: 'header' | 'argument';
	/** Requests without it have an empty text there, so comparing with an empty text means something. */
	readonly mayBeEmpty?: true;
}

const MAX_SCORE = 100;
const MAX_PORT = 65_535;
const MAX_ASN = 4_294_967_295;

/** Every field that a condition can use, alphabetically by label. Anything else is a typed expression. */
export const expressionFields: readonly ExpressionField[] = [
	{
		name: 'ip.src.asnum',
		label: 'AS Number',
		description:
			'The autonomous system that the source address belongs to, such as 13335 or AS13335',
		type: 'integer',
		maximum: MAX_ASN,
		asNumber: true,
		list: 'ASN',
	},
	{
		name: 'cf.bot_management.score',
		label: 'Bot Score',
		description: 'From 1 (automated) to 99 (human). Needs Bot Management.',
		type: 'integer',
		maximum: MAX_SCORE,
	},
	{
		name: 'ip.src.continent',
		label: 'Continent',
		description: 'AF, AN, AS, EU, NA, OC, SA, or T1 for the Tor network',
		type: 'string',
		codes: 'continent',
	},
	{ name: 'http.cookie', label: 'Cookie', type: 'string', mayBeEmpty: true },
	{
		name: 'ip.src.country',
		label: 'Country',
		description: 'Two letters such as DE; T1 is the Tor network, XX is unknown',
		type: 'string',
		codes: 'country',
	},
	{ name: 'http.request.full_uri', label: 'Full URL', type: 'string' },
	{
		name: 'http.request.headers',
		label: 'Header',
		description: 'Any of the values of the request header with the given name',
		type: 'string',
		named: 'header',
		mayBeEmpty: true,
	},
	{ name: 'http.host', label: 'Host Name', type: 'string', list: 'hostname' },
	{
		name: 'http.request.version',
		label: 'HTTP Version',
		description: 'HTTP/1.0, HTTP/1.1, HTTP/2 or HTTP/3',
		type: 'string',
	},
	{
		name: 'cf.bot_management.ja3_hash',
		label: 'JA3 Fingerprint',
		description: 'Needs Bot Management',
		type: 'string',
		mayBeEmpty: true,
	},
	{
		name: 'cf.bot_management.ja4',
		label: 'JA4 Fingerprint',
		description: 'Needs Bot Management',
		type: 'string',
		mayBeEmpty: true,
	},
	{
		name: 'cf.client.bot',
		label: 'Known Bot',
		description: 'Whether the request comes from a known good bot or crawler',
		type: 'boolean',
	},
	{
		name: 'http.request.uri.args',
		label: 'Query Argument',
		description: 'Any of the values of the argument with the given name in the query string',
		type: 'string',
		named: 'argument',
		mayBeEmpty: true,
	},
	{ name: 'http.referer', label: 'Referer', type: 'string', mayBeEmpty: true },
	{ name: 'http.request.method', label: 'Request Method', type: 'string', codes: 'method' },
	{ name: 'cf.edge.server_port', label: 'Server Port', type: 'integer', maximum: MAX_PORT },
	{ name: 'ip.src', label: 'Source IP Address', type: 'ip', list: 'IP' },
	{
		name: 'ssl',
		label: 'SSL/HTTPS',
		description: 'Whether the visitor reached Cloudflare over HTTPS',
		type: 'boolean',
	},
	{
		name: 'cf.threat_score',
		label: 'Threat Score (Phased Out)',
		description:
			'Cloudflare no longer keeps this score up to date. Use another field for new rules.',
		type: 'integer',
		maximum: MAX_SCORE,
	},
	{
		name: 'http.request.uri',
		label: 'URI',
		description: 'Path and query string',
		type: 'string',
	},
	{ name: 'http.request.uri.path', label: 'URI Path', type: 'string' },
	{
		name: 'http.request.uri.query',
		label: 'URI Query String',
		description: 'Without the question mark',
		type: 'string',
		mayBeEmpty: true,
	},
	{ name: 'http.user_agent', label: 'User Agent', type: 'string', mayBeEmpty: true },
	{
		name: 'cf.bot_management.verified_bot',
		label: 'Verified Bot',
		description: 'Needs Bot Management',
		type: 'boolean',
	},
	{
		name: 'cf.waf.score',
		label: 'WAF Attack Score',
		description: 'From 1 (attack) to 99 (clean). Needs a plan with attack scores.',
		type: 'integer',
		maximum: MAX_SCORE,
	},
	{
		name: 'http.x_forwarded_for',
		label: 'X-Forwarded-For',
		description: 'The header as the visitor sent it. Visitors can write anything there.',
		type: 'string',
		mayBeEmpty: true,
	},
	{ name: 'cf.zone.name', label: 'Zone Name', type: 'string' },
	{
		name: 'cf.zone.plan',
		label: 'Zone Plan',
		description: 'Such as ENT for Enterprise',
		type: 'string',
	},
];
