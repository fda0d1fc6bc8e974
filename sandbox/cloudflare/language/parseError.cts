/** An expression that the rules language refuses, worded as the API words it. */
export class ParseError extends Error {
	constructor(
		source: string,
		readonly reason: string,
		readonly start: number,
		end: number = start + 1,
	) {
		const before = source.slice(0, start).split('\n');
		const line = before.length;
		const column = before[before.length - 1].length + 1;
		const text = source.split('\n')[line - 1] ?? '';
		const width = Math.max(1, Math.min(end, start + text.length - column + 1) - start);
		const marker = ' '.repeat(column - 1) + '^'.repeat(width);
		super(`Filter parsing error (${line}:${column}):\n${text}\n${marker} ${reason}\n`);
	}
}
