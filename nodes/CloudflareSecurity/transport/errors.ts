import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { InputError } from '../inputError';
import type { ApiFailure, FailureKind } from './failure';
import { nextStep, type FailureContext } from './failureRules';

/** Field of a NodeApiError's context that holds the facts for playbooks: status, codes, Ray ID, next step. */
export const FAILURE_CONTEXT = 'cloudflare';

const headlines: Readonly<Record<FailureKind, string>> = {
	cancelled: 'Cancelled',
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

/** Replaces every secret in a text, also in the spellings in which an answer may echo it. */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets
		.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
		.filter((spelling) => spelling.length > 0)
		.reduce((result, spelling) => result.split(spelling).join('[hidden]'), text);
}

function entryText({ code, message, pointer }: ApiFailure['errors'][number]): string {
	return [
		message || 'no message',
		code === undefined ? '' : ` (code ${code})`,
		pointer === undefined ? '' : ` at ${pointer}`,
	].join('');
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
	const clean = (text: string) => redact(text, context.secrets);
	const { kind, status, errors, rayId } = failure;
	const cause = errors.length > 0 ? entryText(errors[0]) : failure.detail;
	const statusText = status !== undefined && errors.length === 0 ? ` (HTTP ${status})` : '';
	const message = clean(`${headlines[kind]}${statusText}${cause ? `: ${cause}` : ''}`);
	const step = clean(nextStep(failure, context));
	const doubt = failure.effectUnknown && failure.method !== 'GET' ? WITHOUT_RESULT : undefined;
	const retryAfter =
		failure.retryAfterMs === undefined
			? undefined
			: `Cloudflare asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s.`;
	const facts = [
		errors.length > 1 ? `All messages: ${errors.map(entryText).join('; ')}` : undefined,
		status === undefined ? undefined : `HTTP status ${status}`,
		rayId === undefined ? undefined : `Ray ID ${rayId}`,
		`${failure.method} ${failure.path}`,
	].filter((fact) => fact !== undefined);
	const description = [step, retryAfter, doubt, clean(`${facts.join(' · ')}`)]
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
		errors: errors.map((entry) => ({ ...entry, message: clean(entry.message) })),
		...(rayId === undefined ? {} : { rayId }),
		...(failure.retryAfterMs === undefined
			? {}
			: { retryAfterSeconds: Math.ceil(failure.retryAfterMs / 1000) }),
		...(doubt === undefined ? {} : { effectUnknown: true }),
		nextStep: step,
	} satisfies IDataObject;
	return error;
}

export type NodeError = NodeApiError | NodeOperationError;

/** By name: a host may load a second copy of n8n-workflow, and then instanceof says no. */
const isNodeError = (error: unknown): error is NodeError =>
	error instanceof Error && /^Node(?:Api|Operation)Error$/.test(error.name);

/** Makes n8n's kind of error of anything thrown; one that is so already stays as it is. */
export function toNodeError(node: INode, error: unknown, secrets: readonly string[]): NodeError {
	if (isNodeError(error)) return error;
	const made = new NodeOperationError(node, 'The operation could not be carried out');
	// Set afterwards: the constructor replaces texts in which it sees a system error, even inside words.
	made.message = redact(error instanceof Error ? error.message : String(error), secrets);
	if (error instanceof InputError) {
		made.description = `Expected: ${redact(error.expected, secrets)}.`;
		made.context[FAILURE_CONTEXT] = { kind: 'input', field: error.field };
	}
	return made;
}
