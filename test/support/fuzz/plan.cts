/** How much is tried, with what seed, and what came of it. */
import fc from 'fast-check';
import type { Problem } from './oracle.cjs';

/** How many inputs each field and each request gets; `npm run test:fuzz` asks for many. */
export const FUZZ_RUNS = Number(process.env.FUZZ_RUNS ?? 2);
/** The same in each `npm test`, where a new find would stop a change that has nothing to do with it. */
export const SEED = Number(process.env.SEED ?? 1);
/** Repeats what is named so, and nothing else; several with | between them. */
const ONLY = process.env.FUZZ_ONLY?.split('|');

export const isWanted = (name: string): boolean =>
	ONLY === undefined || ONLY.some((part) => name.includes(part));

/** A number that belongs to a name and the seed, so that one field can be repeated without the others. */
export function seedOf(name: string): number {
	let hash = SEED | 0;
	for (const sign of name) hash = (Math.imul(hash, 31) + sign.codePointAt(0)!) | 0;
	return hash;
}

/** Some values that an arbitrary makes, always the same for the same name and seed. */
export const sampleOf = <T,>(name: string, arbitrary: fc.Arbitrary<T>, count: number): T[] =>
	count === 0 ? [] : fc.sample(arbitrary, { seed: seedOf(name), numRuns: count });

/** Some of a list without repetitions, always the same for the same name and seed. */
export const someOf = <T,>(name: string, all: readonly T[], count: number): readonly T[] =>
	count >= all.length
		? all
		: sampleOf(name, fc.shuffledSubarray([...all], { minLength: count, maxLength: count }), 1)[0];

const MOST_SHOWN = 50;
/** Problems of one operation whose texts begin alike are one: what follows is where it happened, or the value. */
const LIKE = 90;

/** Counts what was tried, and keeps what was wrong. */
export class Report {
	inputs = 0;
	private readonly tried = new Map<string, number>();
	/** The first of its kind, with how often it came. */
	private readonly different = new Map<string, { lines: string; times: number }>();
	private readonly problems: Record<Problem['kind'], number> = {
		crash: 0,
		outside: 0,
		'broken out': 0,
	};

	/** @param unit what the inputs went into: fields, requests */
	constructor(
		private readonly part: string,
		private readonly unit: string,
	) {}

	/** One input and what was wrong after it. */
	add(place: string, input: { shown: string }, problems: readonly Problem[]): void {
		this.inputs += 1;
		this.tried.set(place, (this.tried.get(place) ?? 0) + 1);
		for (const { kind, text } of problems) {
			this.problems[kind] += 1;
			const lines = `${place}\n  given ${input.shown}\n  ${kind}: ${text}\n  again: SEED=${SEED} FUZZ_RUNS=${FUZZ_RUNS} FUZZ_ONLY=${JSON.stringify(place)} npm run test:fuzz`;
			const same = `${place.split(' ')[0]} ${kind} ${text.slice(0, LIKE)}`;
			const times = this.different.get(same)?.times ?? 0;
			this.different.set(same, {
				lines: this.different.get(same)?.lines ?? lines,
				times: times + 1,
			});
		}
	}

	/** How many inputs a place got. */
	countOf(place: string): number {
		return this.tried.get(place) ?? 0;
	}

	print(): void {
		const { crash, outside, 'broken out': brokenOut } = this.problems;
		// Not to stdout, which the test command keeps for jest.
		process.stderr.write(
			`fuzz, ${this.part}: ${this.inputs} inputs, ${this.tried.size} ${this.unit}, ${crash} crashes, ${outside} outside the host, ${brokenOut} broken out (SEED=${SEED} FUZZ_RUNS=${FUZZ_RUNS})\n`,
		);
	}

	/** @throws with the problems that differ, each with the command that repeats its first */
	check(): void {
		if (this.different.size === 0) return;
		const all = [...this.different.values()];
		const shown = all.slice(0, MOST_SHOWN).map(({ lines, times }) => `${times} × ${lines}`);
		throw new Error(`${all.length} different problems:\n${shown.join('\n')}`);
	}
}
