import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { InputError } from '../input/inputError';
import type { ApiFailure, FailureKind } from './failure';
import { nextStep, type FailureContext } from './failureRules';
import { helpFor } from './help';

/** Field of a NodeApiError's context that holds the facts for playbooks: status, codes, Ray ID, next step. */
export const FAILURE_CONTEXT = 'cloudflare';

/** How an error begins, by what went wrong. Each has its entry in docs/troubleshooting.md. */
export const headlines: Readonly<Record<FailureKind, string>> = {
	// By the word "canceled", spelt so, n8n tells a stopped execution from a failed one.
	cancelled: 'The execution was canceled',
	conflict: 'Something else changed the same thing at the same time',
	credential: 'Cloudflare did not accept the credential',
	credentialOrPermission: 'Cloudflare refused access',
	invalid: 'Cloudflare refused the request',
	limit: 'A limit of the Cloudflare plan is reached',
	local: 'The request could not be sent',
	lockedOut: 'Cloudflare has locked out this address for a while',
	network: 'Cloudflare could not be reached',
	notFound: 'Cloudflare has nothing under this ID or name',
	permission: 'The credential is not allowed to do this',
	plan: 'The Cloudflare plan does not include this',
	rateLimited: 'Cloudflare is receiving too many requests',
	redirect: 'Cloudflare answered with a redirect',
	server: 'Cloudflare could not process the request',
	unreadable: "Cloudflare's answer could not be read",
	wrongId: 'Cloudflare does not know this ID',
};

/** Causes that n8n's own poller and error handling understand; older hosts ignore them. */
const hostCauses: Partial<
	Record<FailureKind, 'rate-limited' | 'temporarily-unavailable' | 'credential-invalid'>
> = {
	credential: 'credential-invalid',
	lockedOut: 'rate-limited',
	network: 'temporarily-unavailable',
	rateLimited: 'rate-limited',
	server: 'temporarily-unavailable',
};

const HIDDEN = '[hidden]';
const MAX_MESSAGE = 600;
/** All messages of an answer together. */
const MAX_MESSAGES = 2_000;
/** A shorter beginning of a secret may be a word of the text, and gives nothing away. */
const MIN_BEGINNING = 8;

/** How an answer may echo a secret: as it is, in a URL, in JSON. */
const spellings = (secret: string): string[] => [
	secret,
	// Half of a surrogate pair cannot be encoded.
	...(/\p{Cs}/u.test(secret) ? [] : [encodeURIComponent(secret)]),
	JSON.stringify(secret).slice(1, -1),
];

/** The secret cut off, as `shown` cuts long values. */
const beginnings = (spelling: string): string[] =>
	Array.from(
		{ length: Math.max(0, spelling.length - MIN_BEGINNING) },
		(_, index) => `${spelling.slice(0, spelling.length - 1 - index)}…`,
	);

/** Replaces every secret in a text, also in the spellings in which an answer may echo it, and where it was cut off. */
export function redact(text: string, secrets: readonly string[]): string {
	// The longest first: a secret that ends with "%" is the beginning of its own spelling in a URL.
	const all = [...new Set(secrets.flatMap(spellings))]
		.filter((spelling) => spelling !== '')
		.sort((a, b) => b.length - a.length);
	const whole = all.reduce((result, spelling) => result.split(spelling).join(HIDDEN), text);
	if (!whole.includes('…')) return whole;
	return all
		.flatMap(beginnings)
		.reduce((result, beginning) => result.split(beginning).join(`${HIDDEN}…`), whole);
}

/** The failure without secrets, and with its messages cut to a length that can be read. Cut last: half a secret is not found. */
function presentable(failure: ApiFailure, secrets: readonly string[]): ApiFailure {
	const clean = (text: string) => redact(text, secrets).slice(0, MAX_MESSAGE);
	return {
		...failure,
		path: clean(failure.path),
		errors: failure.errors.map(({ code, message, pointer }) => ({
			...(code === undefined ? {} : { code }),
			message: clean(message),
			...(pointer === undefined ? {} : { pointer: clean(pointer) }),
		})),
		...(failure.detail === undefined ? {} : { detail: clean(failure.detail) }),
		...(failure.rayId === undefined ? {} : { rayId: clean(failure.rayId) }),
	};
}

function entryText({ code, message, pointer }: ApiFailure['errors'][number]): string {
	return [
		message || 'no message',
		code === undefined ? '' : ` (code ${code})`,
		pointer === undefined ? '' : ` at ${pointer}`,
	].join('');
}

function allMessages(errors: ApiFailure['errors']): string {
	const text = errors.map(entryText).join('; ');
	return text.length > MAX_MESSAGES ? `${text.slice(0, MAX_MESSAGES)}…` : text;
}

const WITHOUT_RESULT =
	'It is not known whether the request was carried out before the connection broke: look before you repeat it.';

/**
 * Makes n8n's error from a failure. It is always a fresh one: wrapping an error that n8n's request helper threw would
 * keep the old texts, and its cause holds the request headers.
 */
export function toNodeApiError(
	node: INode,
	failure: ApiFailure,
	context: FailureContext & { secrets: readonly string[] },
): NodeApiError {
	const { kind, status, errors, rayId, detail, path } = presentable(failure, context.secrets);
	const cause = errors.length > 0 ? entryText(errors[0]) : detail;
	const statusText = status !== undefined && errors.length === 0 ? ` (HTTP ${status})` : '';
	const message = `${headlines[kind]}${statusText}${cause ? `: ${cause}` : ''}`;
	const step = nextStep(failure, context);
	const doubt = failure.effectUnknown && failure.method !== 'GET' ? WITHOUT_RESULT : undefined;
	const retryAfter =
		failure.retryAfterMs === undefined
			? undefined
			: `Cloudflare asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s.`;
	const facts = [
		errors.length > 1 ? `All messages: ${allMessages(errors)}` : undefined,
		status === undefined ? undefined : `HTTP status ${status}`,
		rayId === undefined ? undefined : `Ray ID ${rayId}`,
		`${failure.method} ${path}`,
	].filter((fact) => fact !== undefined);
	const description = [step, retryAfter, doubt, facts.join(' · ')]
		.filter((part) => part !== undefined)
		.join(' ');

	const hostCause = hostCauses[kind];
	const error = new NodeApiError(
		node,
		{},
		{
			message: headlines[kind],
			description,
			httpCode: status === undefined ? undefined : String(status),
			...(hostCause
				? {
						failure:
							hostCause === 'credential-invalid'
								? { cause: hostCause }
								: { cause: hostCause, retryAfterMs: failure.retryAfterMs },
					}
				: {}),
		},
	);
	// Set afterwards: the constructor replaces texts in which it sees a system error, even inside words ("zonePERMission").
	error.message = message;
	error.description = description;
	error.context[FAILURE_CONTEXT] = {
		kind,
		...(status === undefined ? {} : { status }),
		errors: errors.map((entry) => ({ ...entry })),
		...(rayId === undefined ? {} : { rayId }),
		...(failure.retryAfterMs === undefined
			? {}
			: { retryAfterSeconds: Math.ceil(failure.retryAfterMs / 1000) }),
		...(doubt === undefined ? {} : { effectUnknown: true }),
		nextStep: step,
		help: helpFor(headlines[kind]),
	} satisfies IDataObject;
	return error;
}

export type NodeError = NodeApiError | NodeOperationError;

/** By name: a host may load a second copy of n8n-workflow, and then instanceof says no. */
const isNodeError = (error: unknown): error is NodeError =>
	error instanceof Error && /^Node(?:Api|Operation)Error$/.test(error.name);

/** Adds the link to the entry in the help, as the last thing that n8n's panel shows of an error. */
export function withHelpLink(error: NodeError): NodeError {
	const facts = error.context[FAILURE_CONTEXT] as { help?: string } | undefined;
	if (facts?.help === undefined) return error;
	// n8n shows a description as HTML without scripts, and links in its own errors alike.
	const link = `<a href="${facts.help}" target="_blank">Help</a>`;
	error.description = [error.description, link].filter(Boolean).join(' ');
	return error;
}

/** What went wrong, as `toNodeApiError` noted it; undefined for anything else that was thrown. */
export function failureKindOf(error: unknown): FailureKind | undefined {
	const { context } = (error ?? {}) as { context?: Record<string, unknown> };
	const facts = context?.[FAILURE_CONTEXT] as { kind?: FailureKind } | undefined;
	return facts?.kind;
}

/** Makes n8n's kind of error of anything thrown; one that is so already stays as it is. */
export function toNodeError(node: INode, error: unknown, secrets: readonly string[]): NodeError {
	if (isNodeError(error)) return error;
	const made = new NodeOperationError(
		node,
		'The operation could not be carried out',
		// So that n8n does not poll again and again; older hosts ignore it.
		error instanceof InputError ? { failure: { cause: 'configuration-invalid' } } : {},
	);
	// Set afterwards: the constructor replaces texts in which it sees a system error, even inside words.
	made.message = redact(error instanceof Error ? error.message : String(error), secrets);
	if (error instanceof InputError) {
		const texts = [`Expected: ${error.expected}.`, error.description];
		made.description = redact(texts.filter(Boolean).join(' '), secrets);
		made.context[FAILURE_CONTEXT] = {
			kind: 'input',
			field: error.field,
			help: helpFor('Messages about a field'),
		};
	}
	return made;
}
