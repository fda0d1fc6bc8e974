import type { ApiErrorEntry, FailureKind } from './failure';

/** What is known about the call when a next step is worded. */
export interface FailureContext {
	/** The dashboard's names of the permissions that the operation needs, for example "Zone → Zone WAF → Edit". */
	permission?: string;
	/** Whether the credential is a Global API key; its holder has no token to edit. */
	globalKey: boolean;
	/** Whether the credential is a token of an account, which some products do not take. */
	accountToken?: boolean;
}

interface FailureRule {
	codes?: readonly number[];
	message?: RegExp;
	status?: (status: number) => boolean;
	kind: FailureKind;
	nextStep: string | ((context: FailureContext) => string);
}

function grant({ permission, globalKey }: FailureContext): string {
	if (globalKey) return 'check that your user may do this in the Cloudflare account';
	return permission
		? `give the token the permission "${permission}" in the Cloudflare dashboard`
		: 'give the token the permission that this operation needs in the Cloudflare dashboard';
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const checkCredential = ({ globalKey }: FailureContext) =>
	globalKey
		? 'Check the e-mail address and the Global API key in the credential.'
		: 'Check the API token in the credential: it may be mistyped, expired or revoked.';

const accessRefused = (context: FailureContext) =>
	`Cloudflare answers alike for an invalid credential, a missing permission and an ID of another account. ${capital(grant(context))}, check that its resources include this account or zone, and check the IDs. Test the credential itself on its own page.`;

/**
 * Codes are per service and collide, and one code has several meanings, so rules look at code and message; the first
 * that fits wins. Codes and messages were collected from Cloudflare's documentation, its SDKs and public reports.
 */
const failureRules: readonly FailureRule[] = [
	{
		message: /max auth failures/i,
		kind: 'lockedOut',
		nextStep:
			'Cloudflare has locked out this address after repeated sign-in attempts with a wrong credential. Correct the credential, then wait: the lock-out lasts minutes to hours and also hits good credentials.',
	},
	{
		message: /access token from location/i,
		kind: 'credential',
		nextStep:
			'The token is limited to certain client addresses. Add the address in the message to the token\'s "Client IP Address Filtering"; IPv4 and IPv6 addresses count separately.',
	},
	{
		codes: [6103],
		kind: 'credential',
		nextStep:
			'The Global API Key field holds something else, typically an API token. Choose the credential type "Cloudflare Token API" for a token.',
	},
	{
		codes: [6102],
		kind: 'credential',
		nextStep: 'The e-mail address in the credential is malformed.',
	},
	{
		codes: [6111],
		kind: 'credential',
		nextStep:
			'The API Token field holds something else, typically a Global API key or a truncated token. Choose the credential type "Cloudflare Global Key API" for a Global API key.',
	},
	{ codes: [9103, 9106], kind: 'credential', nextStep: checkCredential },
	{ message: /invalid (?:api|access) token/i, kind: 'credential', nextStep: checkCredential },
	{
		message: /does not support account owned tokens/i,
		kind: 'credential',
		nextStep:
			'Cloudflare does not list accounts for a token of an account. Fill in Account ID in the credential.',
	},
	{
		message: /valid user-level authentication not found/i,
		kind: 'credential',
		nextStep:
			'This call needs a user, and a token of the account has none. Use a token of your user profile or a Global API key.',
	},
	{
		message: /requires permission/i,
		kind: 'permission',
		nextStep: (context) => `${capital(grant(context))}.`,
	},
	{
		codes: [9109],
		kind: 'credentialOrPermission',
		nextStep: accessRefused,
	},
	{
		codes: [10000],
		kind: 'credentialOrPermission',
		nextStep: accessRefused,
	},
	{
		codes: [81053, 81054],
		kind: 'invalid',
		nextStep:
			'A name has either one CNAME record or A and AAAA records. Change or delete the record that is there first.',
	},
	{
		codes: [81057, 81058],
		kind: 'invalid',
		nextStep: 'The record is there already. The operation Create or Update takes that for done.',
	},
	{
		codes: [10405],
		kind: 'permission',
		nextStep: (context) =>
			`Usually the credential may read but not write: ${grant(context)}. A change of a token's permissions takes one or two minutes to apply.`,
	},
	{
		codes: [7000, 7003],
		kind: 'wrongId',
		nextStep:
			'Check the IDs: each has 32 hexadecimal characters. For the account ID press Ctrl+K in the dashboard and enter "Copy account ID"; the zone ID stands on the overview page of the domain; choose everything else from the list.',
	},
	{
		codes: [1001],
		message: /invalid zone identifier/i,
		kind: 'wrongId',
		nextStep: 'Check the zone ID, or choose the zone from the list or by name.',
	},
	{
		codes: [10003],
		status: (status) => status === 404,
		kind: 'notFound',
		nextStep:
			'This account or zone has no rules in this phase yet. Creating the first rule creates the ruleset too.',
	},
	{
		codes: [20217],
		kind: 'conflict',
		nextStep: 'The phase has an entry point ruleset by now. Run the operation again.',
	},
	{
		message:
			/not[_ ]entitled|not (?:available|included|supported) (?:on|in|for) your (?:current )?plan|upgrade your plan/i,
		kind: 'plan',
		nextStep:
			"The account's or zone's Cloudflare plan does not include this. Change the plan or the request.",
	},
	{
		// Not a value that is too long, and not a server that took too long.
		message:
			/^(?!.*\b(?:length|characters|bytes)\b).*(?:(?:exceed|reach)\w*\b.*\b(?:maximum|limit|quota)|\b(?:limit|quota)\b.*(?:exceed|reach)|maximum number)/is,
		status: (status) => status < 500 && status !== 408 && status !== 429,
		kind: 'limit',
		nextStep:
			'A limit of the Cloudflare plan is reached. Delete what is not needed any more, or put many addresses into one list.',
	},
	{
		status: (status) => status === 429,
		kind: 'rateLimited',
		nextStep:
			'Cloudflare allows 1,200 requests per 5 minutes for a user, dashboard use included. Wait, run fewer items at once, or spread the workflows.',
	},
	{
		status: (status) => status >= 300 && status < 400,
		kind: 'redirect',
		nextStep:
			'The Cloudflare API does not redirect. Check whether a proxy or a sign-in page stands between n8n and api.cloudflare.com.',
	},
	{ status: (status) => status === 401, kind: 'credential', nextStep: checkCredential },
	{ status: (status) => status === 403, kind: 'credentialOrPermission', nextStep: accessRefused },
	{
		status: (status) => status === 404,
		kind: 'notFound',
		nextStep:
			'Check the IDs: what they name may have been deleted, or may belong to another account or zone.',
	},
	{
		status: (status) => status === 408 || status >= 500,
		kind: 'server',
		nextStep: 'Try again later, and look at https://www.cloudflarestatus.com.',
	},
	{
		status: (status) => status >= 400,
		kind: 'invalid',
		nextStep: 'Correct what the message names and run the operation again.',
	},
];

/** Next steps for failures without an answer from the API that a rule could look at. */
const stepsWithoutAnswer: Partial<Record<FailureKind, string>> = {
	cancelled: 'Nothing more was sent.',
	local: 'Check the credential that is chosen in the node.',
	network:
		'Check that this n8n reaches https://api.cloudflare.com, also through its proxy if it has one, then try again.',
	unreadable:
		'Something between n8n and Cloudflare may have changed the answer, such as a proxy or a sign-in page. Try again later.',
};

function ruleFor(status: number, errors: readonly ApiErrorEntry[]): FailureRule | undefined {
	const entries: readonly ApiErrorEntry[] = errors.length > 0 ? errors : [{ message: '' }];
	return failureRules.find(
		(rule) =>
			(rule.status?.(status) ?? true) &&
			entries.some(
				({ code, message }) =>
					(rule.codes === undefined || (code !== undefined && rule.codes.includes(code))) &&
					(rule.message?.test(message) ?? true),
			),
	);
}

/** Sorts a failure that came as an answer. An answer with success false but status 2xx is a refused request. */
export function kindOfAnswer(status: number, errors: readonly ApiErrorEntry[]): FailureKind {
	return ruleFor(status, errors)?.kind ?? 'invalid';
}

const LISTS = /^\/accounts\/[^/]+\/rules\/lists\b/;

/**
 * Cloudflare docs, "Account API tokens", compatibility: an earlier revision named Custom Lists as not supported, and the
 * present state is not known. Such tokens are refused with 403, or with 405 and the code 10405.
 */
const LISTS_WITH_ACCOUNT_TOKEN =
	'Cloudflare may not take tokens of an account for IP lists: try a token of your user profile, or block with the method IP Access Rule, which needs no list.';

/** What the user can do about it, as whole sentences. */
export function nextStep(
	failure: {
		kind: FailureKind;
		path: string;
		status?: number;
		errors: readonly ApiErrorEntry[];
	},
	context: FailureContext,
): string {
	const rule =
		failure.status === undefined
			? failureRules.find(({ kind }) => kind === failure.kind)
			: ruleFor(failure.status, failure.errors);
	const step =
		stepsWithoutAnswer[failure.kind] ??
		rule?.nextStep ??
		'Correct what the message names and run the operation again.';
	const text = typeof step === 'string' ? step : step(context);
	const isRefusedList =
		context.accountToken &&
		LISTS.test(failure.path) &&
		(failure.status === 403 || failure.status === 405);
	return isRefusedList ? `${text} ${LISTS_WITH_ACCOUNT_TOKEN}` : text;
}
