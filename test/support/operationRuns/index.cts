import { blockingRuns } from './blocking.cjs';
import { investigationRuns } from './investigation.cjs';
import { recordRuns } from './records.cjs';
import { ruleRuns } from './rules.cjs';
import type { OperationRun } from './types.cjs';

export type { OperationRun, Prepared } from './types.cjs';

/**
 * At least one way of using each operation, and each of those that take other requests. What has to hold for every
 * operation (faults, hostile input, the official SDK as referee) is tried on all of them.
 */
export const operationRuns: readonly OperationRun[] = [
	...investigationRuns,
	...recordRuns,
	...ruleRuns,
	...blockingRuns,
];

/** How a run is called in tests and tables: `zone:get (by name)`. */
export const nameOf = ({ resource, operation, what }: OperationRun): string =>
	`${resource}:${operation} (${what})`;
