/** Why something is not done. */
export interface Refusal<Code extends string = string> {
	/** For workflows: never changes its meaning. */
	readonly code: Code;
	/** For people: one sentence in one line, without a final period. */
	readonly reason: string;
}
