import type { IExecuteFunctions } from 'n8n-workflow';

const given = new WeakMap<IExecuteFunctions, Set<string>>();

/** Shows a note beside the output after the run: once, however many items have the same to say. */
export function hintOnce(context: IExecuteFunctions, message: string): void {
	const known = given.get(context) ?? new Set<string>();
	given.set(context, known);
	if (known.has(message)) return;
	known.add(message);
	context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}
