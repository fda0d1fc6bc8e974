import type { Fault } from '../../../sandbox/cloudflare/index.cjs';
import type { ErrorRow } from './row.cjs';

const api = (status: number, code: number, message: string, more: object = {}): Fault => ({
	kind: 'status',
	status,
	errors: [{ code, message, ...more }],
	times: 99,
});
const chained = (code: number, message: string): Fault =>
	api(400, 6003, 'Invalid request headers', { error_chain: [{ code, message }] });
const noRoute = (status: number): Fault => ({
	kind: 'status',
	status,
	errors: [
		{
			code: 7003,
			message: 'Could not route to /client/v4/x, perhaps your object identifier is invalid?',
		},
		{ code: 7000, message: 'No route for that URI' },
	],
	times: 99,
});

const credential = {
	kind: 'credential',
	step: /Check the API token in the credential/,
	stepForKey: /Check the e-mail address and the Global API key/,
};
const refused = {
	kind: 'credentialOrPermission',
	step: /Give the token the permission .* Test the credential itself/,
	stepForKey: /Check that your user may do this .* Test the credential itself/,
	namesPermission: true,
} as const;
const lockedOut = {
	kind: 'lockedOut',
	codes: [9109],
	says: /^Cloudflare has locked out this address for a while: Max auth failures reached/,
	step: /Correct the credential, then wait/,
};
const MAX_FAILURES = 'Max auth failures reached, please check your Authorization header.';

/** The API says no. */
export const refusals: ErrorRow[] = [
	{
		what: '401/1000',
		fault: api(401, 1000, 'Invalid API Token'),
		codes: [1000],
		says: /Invalid API Token \(code 1000\)/,
		...credential,
	},
	{
		what: '401/10000',
		fault: api(401, 10000, 'Authentication error'),
		codes: [10000],
		says: /^Cloudflare refused access: Authentication error/,
		...refused,
	},
	{
		what: '401 without errors',
		fault: { kind: 'status', status: 401, errors: [], times: 99 },
		codes: [],
		says: /\(HTTP 401\)/,
		...credential,
	},
	{
		what: '403/10000',
		fault: api(403, 10000, 'Authentication error'),
		codes: [10000],
		says: /Authentication error \(code 10000\)/,
		...refused,
	},
	{
		what: '403/9109, unauthorized',
		fault: api(403, 9109, 'Unauthorized to access requested resource'),
		codes: [9109],
		says: /Unauthorized to access/,
		...refused,
	},
	{
		what: '403/9109, invalid',
		fault: api(403, 9109, 'Invalid access token'),
		codes: [9109],
		says: /did not accept the credential: Invalid access token/,
		...credential,
	},
	{
		what: '403/9109, no user',
		fault: api(403, 9109, 'Valid user-level authentication not found'),
		kind: 'credential',
		codes: [9109],
		says: /Valid user-level/,
		step: /a token of the account has none/,
	},
	{
		what: '403/9109, location',
		fault: api(403, 9109, 'Cannot use the access token from location: 203.0.113.7'),
		kind: 'credential',
		codes: [9109],
		says: /from location: 203\.0\.113\.7/,
		step: /"Client IP Address Filtering"/,
	},
	{ what: '403/9109, locked out', fault: api(403, 9109, MAX_FAILURES), ...lockedOut },
	{ what: '429/9109, locked out', fault: api(429, 9109, MAX_FAILURES), ...lockedOut },
	{
		what: '403/9103',
		fault: api(403, 9103, 'Unknown X-Auth-Key or X-Auth-Email'),
		codes: [9103],
		says: /Unknown X-Auth-Key/,
		...credential,
	},
	{
		what: '400/9106',
		fault: api(400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers'),
		codes: [9106],
		says: /Missing X-Auth-Key/,
		...credential,
	},
	{
		what: '400/6003, 6111',
		fault: chained(6111, 'Invalid format for Authorization header'),
		kind: 'credential',
		codes: [6003, 6111],
		says: /Invalid request headers \(code 6003\)/,
		step: /typically a Global API key.*Invalid format for Authorization header \(code 6111\)/,
	},
	{
		what: '400/6003, 6103',
		fault: chained(6103, 'Invalid format for X-Auth-Key header'),
		kind: 'credential',
		codes: [6003, 6103],
		says: /Invalid request headers/,
		step: /typically an API token/,
	},
	{
		what: '403/0, requires permission',
		fault: api(
			403,
			0,
			"Actor 'com.cloudflare.api.token.x' requires permission 'com.cloudflare.api.account.zone.list' to list zones",
		),
		kind: 'permission',
		codes: [0],
		says: /requires permission 'com\.cloudflare\.api\.account\.zone\.list'/,
		step: /Give the token the permission/,
		stepForKey: /Check that your user may do this/,
		namesPermission: true,
	},
	{
		what: '405/10405',
		fault: api(405, 10405, 'Method not allowed for this authentication scheme'),
		kind: 'permission',
		codes: [10405],
		says: /not allowed to do this: Method not allowed/,
		step: /may read but not write: give the token/,
		stepForKey: /may read but not write: check that your user/,
		namesPermission: true,
	},
	{
		what: '404/7003',
		fault: noRoute(404),
		kind: 'wrongId',
		codes: [7003, 7000],
		says: /does not know this ID: Could not route/,
		step: /32 hexadecimal characters.*No route for that URI \(code 7000\)/,
	},
	{
		what: '400/7003',
		fault: noRoute(400),
		kind: 'wrongId',
		codes: [7003, 7000],
		says: /Could not route/,
		step: /32 hexadecimal characters/,
	},
	{
		what: '400/1001',
		fault: api(400, 1001, 'Invalid zone identifier'),
		kind: 'wrongId',
		codes: [1001],
		says: /Invalid zone identifier/,
		step: /Check the zone ID/,
	},
	// A write takes it for a ruleset that was deleted meanwhile, and looks again.
	{
		what: '404/10003',
		fault: api(404, 10003, 'could not find entrypoint ruleset in the x phase'),
		kind: 'notFound',
		codes: [10003],
		says: /could not find entrypoint/,
		step: /no rules in this phase yet/,
		writes: 5,
	},
	{
		what: '403/10010, plan',
		fault: api(403, 10010, 'firewallaccessrules.api.not_entitled'),
		kind: 'plan',
		codes: [10010],
		says: /not_entitled/,
		step: /plan does not include this/,
	},
	{
		what: '400, limit',
		fault: api(400, 20000, 'exceeded the maximum number of rules in the phase'),
		kind: 'limit',
		codes: [20000],
		says: /limit of the Cloudflare plan/,
		step: /Delete what is not needed/,
	},
	{
		what: '400/20125 with pointer',
		fault: api(400, 20125, 'could not parse', { source: { pointer: '/rules/0/expression' } }),
		kind: 'invalid',
		codes: [20125],
		says: /could not parse \(code 20125\) at \/rules\/0\/expression$/,
		step: /Correct what the message names/,
	},
	{
		what: 'success false, 200',
		fault: { kind: 'successFalse', times: 99 },
		kind: 'invalid',
		codes: [1000],
		says: /^Cloudflare refused the request: Injected failure \(code 1000\)/,
		step: /Correct what the message names/,
	},
	{
		what: 'success false, errors null',
		fault: { kind: 'successFalse', errors: null, times: 99 },
		kind: 'invalid',
		says: /\(HTTP 200\): the answer does not report success/,
		step: /Correct what/,
	},
];
