import { createHash } from 'node:crypto';
import type { Proof } from './protocol.cjs';

/** The proof of a set of IDs, in whatever order they came. */
export function proofOf(ids: readonly string[]): Proof {
	const different = [...new Set(ids)].sort();
	const digest = createHash('sha256').update(different.join('\n')).digest('hex');
	return { rows: ids.length, different: different.length, digest };
}

/** @throws when a client did not get exactly the rows that there are */
export function checkProof(who: string, found: Proof, expected: Proof): void {
	const say = (problem: string) => {
		throw new Error(`${who}: ${problem}; its figures would be worth nothing`);
	};
	if (found.rows !== found.different)
		say(`${found.rows - found.different} of ${found.rows} rows came twice`);
	if (found.rows !== expected.rows) say(`got ${found.rows} rows of ${expected.rows}`);
	if (found.digest !== expected.digest) say(`got ${found.rows} rows, but not those that there are`);
}

/** Stands for the one report of a permission check, if it is about the stand-in's good credential. */
export const reportId = (credential: unknown): string =>
	(credential as { usable?: unknown } | undefined)?.usable === true ? 'report' : 'no report';
