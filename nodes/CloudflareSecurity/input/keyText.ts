/**
 * A key for values that are the same when they read the same, such as two choices of one zone. What is no JSON, such
 * as a circular record, is like nothing else; whoever reads the value says what is wrong with it.
 */
export function keyText(value: unknown): string | symbol {
	try {
		return JSON.stringify(value) ?? 'undefined';
	} catch {
		return Symbol('no key');
	}
}
