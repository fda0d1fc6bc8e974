import type { IPollFunctions } from 'n8n-workflow';

/** Writes to n8n's log, with the workflow and the node that it is about. */
export function say(context: IPollFunctions, level: 'info' | 'warn', message: string): void {
	const { name = '' } = context.getWorkflow();
	context.logger[level](`${context.getNode().name} (workflow ${name}): ${message}`);
}
