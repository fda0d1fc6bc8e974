import { inspect } from 'node:util';
import { LoggerProxy, type Logger } from 'n8n-workflow';
import { di, LoggerType } from './packages.cjs';

const lines: string[] = [];

const write =
	(level: string) =>
	(message: string, metadata?: object): void => {
		// As deep as a log collector would print it: a secret three levels down is still a leak.
		lines.push(`${level} ${message}${metadata ? ` ${inspect(metadata, { depth: 12 })}` : ''}`);
	};

const recorder: Logger & { scoped: () => Logger } = {
	error: write('error'),
	warn: write('warn'),
	info: write('info'),
	debug: write('debug'),
	scoped: () => recorder,
};

LoggerProxy.init(recorder);
di.Container.set(LoggerType, recorder);

/** Runs `action` and returns with its result everything that engine and node logged meanwhile. */
export async function recordLogs<T>(
	action: () => Promise<T>,
): Promise<{ result: T; logs: string[] }> {
	const from = lines.length;
	const result = await action();
	return { result, logs: lines.slice(from) };
}
