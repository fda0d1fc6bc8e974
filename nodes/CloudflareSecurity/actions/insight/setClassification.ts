import type { CloudflareClient } from '../../transport/client';
import type { ApiFailure, FailureKind, Outcome } from '../../transport/failure';
import { apiPath, type ApiPath } from '../../transport/path';
import { tellBeside } from '../../transport/tellBeside';

/** What an insight is to be classified as, in the API's words; null removes the classification. */
export interface Classification {
	classification: string | null;
	rationale?: string;
}

/** An entry of an insight's own history, by SDK 7.3; only the fields that are read are named. */
export interface InsightChange {
	field_changed?: string;
	current_value?: string | null;
	rationale?: string | null;
}

interface Insight {
	client: CloudflareClient;
	/** The insight's own path. */
	path: ApiPath;
}

const isRefusal = ({ kind }: ApiFailure): boolean => kind === 'invalid' || kind === 'conflict';

const send = async ({ client, path }: Insight, body: Classification): Promise<Outcome<unknown>> =>
	await client.attempt<unknown>({
		method: 'PATCH',
		path: apiPath`${path}/classification`,
		body,
		expect: 'nothing',
	});

/** Failures of the history after which another look brings nothing; it is not needed to classify. */
const STAYS_UNREAD: readonly FailureKind[] = [
	'credentialOrPermission',
	'invalid',
	'notFound',
	'permission',
	'plan',
	'unreadable',
	'wrongId',
];

/** What the insight was classified as, or why that is not known. */
type Earlier = { known: Classification } | { unknown: string };

/**
 * The classification that the insight has now, by its own history: the list has it too, but takes no ID.
 * @throws NodeApiError when the look may succeed later; nothing was changed before it
 */
async function readEarlier({ client, path }: Insight): Promise<Earlier> {
	const outcome = await client.attempt<InsightChange[]>({
		method: 'GET',
		path: apiPath`${path}/audit-log`,
		// The smallest page that the list of insights takes; this call's own bounds stand nowhere.
		query: { field_changed: 'user_classification', order: 'desc', per_page: 5 },
		expect: 'array',
	});
	if (!outcome.ok) {
		if (!STAYS_UNREAD.includes(outcome.failure.kind)) client.unwrap(outcome);
		return { unknown: client.toError(outcome.failure).message };
	}
	const newest = outcome.envelope.result.find(
		({ field_changed }) => field_changed === 'user_classification',
	);
	// A change may be missing from it.
	if (typeof newest?.current_value !== 'string') return { unknown: 'Its history does not tell it' };
	const { current_value: classification, rationale } = newest;
	return { known: { classification, ...(typeof rationale === 'string' && { rationale }) } };
}

const inWords = ({ classification, rationale }: Classification): string =>
	`${classification}${rationale ? `, because of "${rationale}"` : ''}`;

/** What became of the earlier classification when the new one was not set: matters more than the failure itself. */
async function afterFailure(
	insight: Insight,
	failure: ApiFailure,
	before: Earlier,
): Promise<string> {
	const removed = 'Cloudflare takes another classification only after the earlier one is removed.';
	const was = 'known' in before ? ` It was ${inWords(before.known)}.` : '';
	if (failure.effectUnknown)
		return `${removed} It was removed, and whether the new one was set is not known.${was} Run the operation again to set it.`;
	if ('known' in before && (await send(insight, before.known)).ok)
		return `${removed} As the new one was not set, the earlier one was set again: ${inWords(before.known)}.`;
	return `${removed} It was removed, and then the new one was not set: the insight is unclassified now.${was} Run the operation again to set it.`;
}

/**
 * Classifies an insight. The API refuses to go from one classification to another: null has to come in between. The
 * change is tried first, so that an unclassified insight takes one request; only then the history is asked for what
 * there is, to put it back should the new one be refused for another reason.
 * @returns the classification that was replaced, or why it is not known; undefined when none was
 * @throws NodeApiError, which says what became of the earlier classification
 */
export async function setClassification(
	insight: Insight,
	wanted: Classification,
): Promise<Earlier | undefined> {
	const { client } = insight;
	const outcome = await send(insight, wanted);
	// The input was checked, so a refused request means that there is a classification already.
	if (outcome.ok || wanted.classification === null || !isRefusal(outcome.failure)) {
		client.unwrap(outcome);
		return undefined;
	}
	const before = await readEarlier(insight);
	const removed = await send(insight, { classification: null });
	// Nothing has changed then, and the first refusal says more.
	if (!removed.ok) client.unwrap(isRefusal(removed.failure) ? outcome : removed);
	const second = await send(insight, wanted);
	if (second.ok) return before;
	const text = await afterFailure(insight, second.failure, before);
	const error = client.toError(second.failure);
	tellBeside(error, text);
	throw error;
}
