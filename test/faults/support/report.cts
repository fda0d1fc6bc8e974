import { appendFileSync } from 'node:fs';

/** What is counted of a resource, or all of them. */
export interface Counts {
	operations: string[];
	runs: number;
	requests: number;
	/** Runs with a fault. */
	faults: number;
	succeeded: number;
	failed: number;
	cancelled: number;
	/** Further runs after a failure, which must get the job done. */
	repeats: number;
	wrong: number;
	duplicates: number;
	secrets: number;
	/** Caches purged more often than needed, which does no harm. */
	purges: number;
}

export const noCounts = (): Counts => ({
	operations: [],
	runs: 0,
	requests: 0,
	faults: 0,
	succeeded: 0,
	failed: 0,
	cancelled: 0,
	repeats: 0,
	wrong: 0,
	duplicates: 0,
	secrets: 0,
	purges: 0,
});

/** Only the runs whose name holds this text; all when there is none. */
const ONLY = process.env.FAULTS_ONLY ?? '';

/** `--only` takes as much of a name as it is given. */
export const isWanted = (name: string): boolean => name.includes(ONLY) || ONLY.startsWith(name);

/** A test for each of these that is wanted. */
export function testEach<T extends unknown[]>(
	cases: ReadonlyArray<readonly [name: string, ...more: T]>,
	action: (name: string, ...more: T) => Promise<void>,
): void {
	const wanted = cases.filter(([name]) => isWanted(name));
	// A file without any test is a failure to jest.
	if (wanted.length === 0) test.skip('nothing of it is wanted', () => undefined);
	for (const one of wanted) test(one[0], async () => await action(...one));
}

function note(fact: object): void {
	const file = process.env.FAULTS_RESULTS;
	if (file) appendFileSync(file, `${JSON.stringify(fact)}\n`);
}

/** For scripts/faults.mjs, which adds up and shows them. */
export const report = (what: string, counts: Counts): void => note({ what, counts });

/** Tells a wrong outcome at once: a whole resource takes minutes. @returns the text */
export function tellWrong(name: string, wrong: readonly string[]): string {
	note({ name, wrong });
	return `${name}\n    ${wrong.join('\n    ')}`;
}

/** Tells that everything of a run was tried. */
export const tellDone = (done: string): void => note({ done });
