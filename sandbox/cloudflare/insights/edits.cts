import { ApiError, notFound } from '../errors.cjs';
import { remember } from './history.cjs';
import { CLASSIFICATIONS, type Classification, type InsightRecord } from './types.cjs';

/** When, in milliseconds, and by whom. */
export interface Edit {
	time: number;
	actor: string;
}

/** The code is a stand-in. */
const refused = (message: string): ApiError => new ApiError(400, { code: 1001, message });

const isObject = (body: unknown): body is Record<string, unknown> =>
	typeof body === 'object' && body !== null && !Array.isArray(body);

/** Archives the insight or brings it back. Throws 400 for a body that does not say which. */
export function dismiss({ insight }: InsightRecord, body: unknown): void {
	if (!isObject(body) || typeof body.dismiss !== 'boolean')
		throw refused('dismiss must be true or false');
	insight.dismissed = body.dismiss;
}

function checkClassification(value: unknown): asserts value is Classification | null {
	const known: readonly unknown[] = [...CLASSIFICATIONS, null];
	if (!known.includes(value)) throw refused('classification is not one of the known ones');
}

/**
 * Classifies the insight. Throws 400 for an unknown classification, a missing rationale, and a change
 * from one classification to another. Source: SDK 7.3 and the API's change rules.
 */
export function classify(record: InsightRecord, body: unknown, { time, actor }: Edit): void {
	if (!isObject(body)) throw refused('the body must be an object');
	const { classification, rationale } = body;
	checkClassification(classification);
	if (rationale !== undefined && typeof rationale !== 'string')
		throw refused('rationale must be a text');
	const current = record.insight.user_classification;
	if (current !== null && classification !== null && current !== classification)
		throw refused('classification must be reset to null before it takes another value');
	const needsRationale = classification === 'accept_risk' || classification === 'other';
	if (needsRationale && !rationale?.trim())
		throw refused(`rationale is required for ${classification}`);
	record.insight.user_classification = classification;
	remember(record, time, {
		changed_by: actor,
		field_changed: 'user_classification',
		previous_value: current,
		current_value: classification,
		rationale: rationale ?? null,
	});
}

/** The full payload. Throws 404 for an insight that shows everything in the list already. */
export function contextOf({ context }: InsightRecord): Record<string, unknown> {
	if (context === undefined) throw notFound('context of the insight');
	return context;
}
