import type { ErrorRow } from './row.cjs';

const limited = {
	kind: 'rateLimited',
	codes: [10100],
	says: /^Cloudflare is receiving too many requests: More than 1200 requests per 300 seconds/,
};
const broken = { reads: 4, writes: 4 };
const unreadable = {
	kind: 'unreadable',
	step: /Something between n8n and Cloudflare/,
	doubt: true,
} as const;
/** The API is busy or out of reach. */
export const busy: ErrorRow[] = [
	{
		what: '429 without retry-after',
		fault: { kind: 'rateLimited', retryAfter: null, times: 99 },
		step: /1,200 requests per 5 minutes/,
		...limited,
		...broken,
	},
	{
		what: '429, retry-after 0',
		fault: { kind: 'rateLimited', retryAfter: 0, times: 99 },
		step: /asks to wait 0 s\./,
		...limited,
		...broken,
	},
	{
		what: '429, retry-after 7',
		fault: { kind: 'rateLimited', retryAfter: 7, times: 99 },
		step: /asks to wait 7 s\./,
		...limited,
		...broken,
	},
	{
		what: '429, retry-after 300',
		fault: { kind: 'rateLimited', retryAfter: 300, times: 99 },
		step: /asks to wait 300 s\./,
		...limited,
	},
	{
		what: '500, web page',
		fault: { kind: 'html', times: 99 },
		kind: 'server',
		says: /\(HTTP 500\): a web page instead of JSON/,
		step: /cloudflarestatus\.com/,
		...broken,
	},
	{
		what: '502, text',
		fault: { kind: 'text', status: 502, text: 'error code: 502', times: 99 },
		kind: 'server',
		says: /\(HTTP 502\): text instead of JSON/,
		step: /cloudflarestatus\.com/,
		...broken,
	},
	{
		what: '503, empty',
		fault: { kind: 'body', body: '', status: 503, times: 99 },
		kind: 'server',
		says: /\(HTTP 503\): an empty answer/,
		step: /Try again later/,
		...broken,
	},
	{
		what: 'connection cut before',
		fault: { kind: 'cutBefore', times: 99 },
		kind: 'network',
		says: /^Cloudflare could not be reached: ECONNRESET$/,
		step: /Check that this n8n reaches/,
		noRay: true,
		...broken,
	},
];

/** What comes is no answer of the API. */
export const garbled: ErrorRow[] = [
	{
		what: 'half of the JSON',
		fault: { kind: 'truncatedJson', times: 99 },
		kind: 'unreadable',
		says: /\(HTTP 200\): incomplete or broken JSON/,
		step: /Something between n8n/,
		...broken,
	},
	{
		what: 'invalid JSON',
		fault: { kind: 'body', body: '{"success": tru}', times: 99 },
		kind: 'unreadable',
		says: /incomplete or broken JSON/,
		step: /Something between n8n/,
		...broken,
	},
	{
		what: 'web page, 200',
		fault: { kind: 'html', status: 200, times: 99 },
		says: /\(HTTP 200\): a web page/,
		...unreadable,
	},
	{
		what: 'text, 200',
		fault: { kind: 'text', status: 200, times: 99 },
		says: /text instead of JSON/,
		...unreadable,
	},
	{
		what: 'empty, 200',
		fault: { kind: 'body', body: '', times: 99 },
		says: /an empty answer/,
		...unreadable,
	},
	{
		what: 'null, 200',
		fault: { kind: 'body', body: 'null', times: 99 },
		says: /JSON of another shape/,
		...unreadable,
	},
	{
		what: 'JSON of something else',
		fault: { kind: 'body', body: '{"login":1}', times: 99 },
		says: /JSON of another shape/,
		...unreadable,
	},
	{
		what: 'result of a wrong type',
		fault: { kind: 'body', body: '{"success":true,"result":"x"}', times: 99 },
		says: /a result that is no (?:list of records|record)/,
		...unreadable,
	},
	{
		what: 'result null',
		fault: { kind: 'body', body: '{"success":true,"result":null}', times: 99 },
		says: /a result that is no/,
		...unreadable,
	},
	{
		what: 'redirect',
		fault: { kind: 'redirect', times: 99 },
		kind: 'redirect',
		says: /^Cloudflare answered with a redirect \(HTTP 302\)/,
		step: /does not redirect/,
	},
];
