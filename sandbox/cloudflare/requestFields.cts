import type { Zone } from './types.cjs';

/** A visitor's request, as far as rules can see it. What is left out takes the value of a plain GET. */
export interface SandboxRequest {
	ip: string;
	host?: string;
	method?: string;
	/** With its query, if any. */
	path?: string;
	userAgent?: string;
	country?: string;
	asn?: number;
	/** Name → value. */
	headers?: Record<string, string>;
}

const PLAN_CODES = { free: 'FREE', pro: 'PRO', business: 'BIZ', enterprise: 'ENT' };

function grouped(pairs: Iterable<[string, string]>): Record<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
	return Object.fromEntries(groups);
}

/** The value of each field for this request. Fields that it does not have are absent. */
export function requestFields(zone: Zone, request: SandboxRequest): Map<string, unknown> {
	const { ip, method = 'GET', path: uri = '/', country = 'XX', asn = 0 } = request;
	const host = request.host ?? zone.name;
	const mark = uri.indexOf('?');
	const [path, query] = mark < 0 ? [uri, ''] : [uri.slice(0, mark), uri.slice(mark + 1)];
	const args = grouped(new URLSearchParams(query));
	// Header names are lower case in the rules language.
	const headers = grouped(
		Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const userAgent = request.userAgent ?? headers['user-agent']?.[0] ?? '';
	headers['user-agent'] ??= [userAgent];
	headers.host ??= [host];
	return new Map<string, unknown>([
		['ip.src', ip],
		['ip.src.country', country],
		['ip.geoip.country', country],
		['ip.src.asnum', asn],
		['ip.geoip.asnum', asn],
		['http.host', host],
		['http.request.method', method],
		['http.request.uri', uri],
		['http.request.uri.path', path],
		['http.request.uri.path.extension', /\.([^./]+)$/.exec(path)?.[1].toLowerCase() ?? ''],
		['http.request.uri.query', query],
		['http.request.uri.args', args],
		['http.request.uri.args.names', Object.keys(args)],
		['http.request.uri.args.values', Object.values(args).flat()],
		['http.request.full_uri', `https://${host}${uri}`],
		['http.request.version', 'HTTP/2'],
		['http.request.headers', headers],
		['http.request.headers.names', Object.keys(headers)],
		['http.request.headers.values', Object.values(headers).flat()],
		['http.user_agent', userAgent],
		['http.referer', headers.referer?.[0] ?? ''],
		['http.cookie', headers.cookie?.[0] ?? ''],
		['http.x_forwarded_for', headers['x-forwarded-for']?.[0] ?? ''],
		['ssl', true],
		['cf.edge.server_port', 443],
		['cf.client.bot', false],
		['cf.zone.name', zone.name],
		['cf.zone.plan', PLAN_CODES[zone.plan.legacy_id]],
	]);
}
