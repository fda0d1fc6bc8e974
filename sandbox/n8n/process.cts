import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const KEPT_LINES = 40;
const PATIENCE_MS = 15_000;

export interface RunningProgram {
	/** How it ended, or undefined while it runs. */
	ended(): string | undefined;
	/** The last lines that it wrote. */
	tail(): string;
	/** Asks it to end, waits, and ends it by force if it does not. */
	stop(): Promise<void>;
}

/** Starts a program whose output goes to the end of a file: a restart keeps what was there. */
export function startProgram(
	command: string,
	args: string[],
	{ cwd, env, logFile }: { cwd: string; env: NodeJS.ProcessEnv; logFile: string },
): RunningProgram {
	const log = createWriteStream(logFile, { flags: 'a' });
	let lines: string[] = [];
	let ended: string | undefined;
	const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	const keep = (text: string) => {
		log.write(text);
		lines = [...lines, ...text.split('\n').filter((line) => line.trim() !== '')].slice(-KEPT_LINES);
	};
	child.stdout.setEncoding('utf8').on('data', keep);
	child.stderr.setEncoding('utf8').on('data', keep);
	child.on('error', (error) => (ended = error.message));
	child.on('exit', (code, signal) => (ended = signal ? `ended by ${signal}` : `exit code ${code}`));
	child.on('close', () => log.end());

	return {
		ended: () => ended,
		tail: () => lines.join('\n'),
		async stop() {
			if (ended !== undefined) return;
			const exit = once(child, 'exit');
			child.kill('SIGTERM');
			const timer = new AbortController();
			await Promise.race([
				exit,
				sleep(PATIENCE_MS, undefined, { signal: timer.signal }).catch(() => undefined),
			]);
			timer.abort();
			if (ended === undefined) {
				child.kill('SIGKILL');
				await exit;
			}
		},
	};
}
