import { createHash, randomUUID } from 'node:crypto';
import type { Item } from '../item';

/**
 * A ref that stays the same when n8n repeats this item of this run (Retry on Fail), so that the repetition finds the
 * rule instead of adding another; and that no other item, run or n8n shares.
 */
export function defaultRef({ context, index }: Item): string {
	const execution = context.getExecutionId();
	const { $runIndex: run } = context.getWorkflowDataProxy(index);
	const identity = [
		context.getInstanceId(),
		execution || randomUUID(),
		context.getNode().id,
		String(run),
		String(index),
	];
	return `n8n-${createHash('sha256').update(identity.join('|')).digest('hex').slice(0, 32)}`;
}
