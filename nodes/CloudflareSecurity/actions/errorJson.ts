import type { IDataObject } from 'n8n-workflow';
import { FAILURE_CONTEXT, failureKindOf, type NodeError } from '../transport/errors';
import type { FailureKind } from '../transport/failure';

/**
 * Something that failed, as the `json` of an item. With these two keys alone n8n sends the item to the error output
 * where the node has one, so facts belong into the details.
 */
export function errorJson(error: NodeError, facts: IDataObject = {}): IDataObject {
	const details: IDataObject = {
		...facts,
		...(error.context[FAILURE_CONTEXT] as IDataObject | undefined),
		...(error.description ? { description: error.description } : {}),
	};
	return { error: error.message, details };
}

/** Failures that have nothing to do with what was asked for: the next request would fail alike. */
const GENERAL: ReadonlySet<unknown> = new Set<FailureKind>([
	'cancelled',
	'credential',
	'local',
	'lockedOut',
	'network',
	'rateLimited',
]);

/** Whether the next request would fail alike, whatever it asks for. */
export const isGeneral = (error: unknown): boolean => GENERAL.has(failureKindOf(error));

/**
 * For one of several requests that may fail on its own, such as one zone of many.
 * @throws the same error when no failure is to be passed over, or it is no answer of the API about this one thing
 */
export function failureOfOne(error: unknown, isTolerant = true): NodeError {
	const { context } = error as { context?: Record<string, { kind?: unknown } | undefined> };
	const kind = context?.[FAILURE_CONTEXT]?.kind;
	if (!isTolerant || kind === undefined || kind === 'input' || GENERAL.has(kind)) throw error;
	return error as NodeError;
}
