/** Packages that come with n8n-core and are not ours to name in package.json: asked for from where n8n-core is. */
import './environment.cjs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Container {
	get<T>(type: new (...args: never[]) => T): T;
	set(type: unknown, value: unknown): void;
}

const fromCore = createRequire(require.resolve('n8n-core'));

export const di = fromCore('@n8n/di') as { Container: Container };

function logger(): unknown {
	try {
		return (fromCore('@n8n/backend-common') as { Logger: unknown }).Logger;
	} catch {
		// Older versions have it themselves.
		return (fromCore('n8n-core') as { Logger: unknown }).Logger;
	}
}

/** The class of n8n's logger. */
export const LoggerType = logger();

const workflowFile = fromCore.resolve('n8n-workflow');

function moduleOfSleep(): unknown {
	const fromWorkflow = createRequire(workflowFile);
	try {
		return fromWorkflow('@n8n/utils/sleep');
	} catch {
		// Older versions have it in a file of their own.
		return fromWorkflow(join(dirname(workflowFile), 'utils.js'));
	}
}

/** The module in which n8n-workflow's `sleep` lives; n8n-workflow reads the function from here at every call. */
export const sleepModule = moduleOfSleep() as {
	sleep: (ms: number, abortSignal?: AbortSignal) => Promise<void>;
};
