import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './engine/index.cjs';
import type { Order } from './runElsewhere.cjs';

const run = promisify(execFile);
const child = join(projectRoot, 'test', 'support', 'runElsewhere.cts');

/**
 * Runs the node, once for each of the runs, in an n8n engine of another operating-system process.
 * @returns each run's first item, or all of them where the order asks for all
 */
export async function runElsewhere<T>(order: Order): Promise<T[]> {
	const args = ['--require', 'tsx/cjs', child, JSON.stringify(order)];
	const { stdout } = await run(process.execPath, args, { cwd: projectRoot });
	return JSON.parse(stdout) as T[];
}
