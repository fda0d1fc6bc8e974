/** Packages that come with n8n-core and are not ours to name in package.json: asked for from where n8n-core is. */
import './environment.cjs';
import { createRequire } from 'node:module';

interface Container {
	get<T>(type: new (...args: never[]) => T): T;
	set(type: unknown, value: unknown): void;
}

const fromCore = createRequire(require.resolve('n8n-core'));

export const di = fromCore('@n8n/di') as { Container: Container };
export const backendCommon = fromCore('@n8n/backend-common') as { Logger: unknown };

/** The module in which n8n-workflow's `sleep` lives; n8n-workflow reads the function from here at every call. */
export const sleepModule = createRequire(fromCore.resolve('n8n-workflow'))('@n8n/utils/sleep') as {
	sleep: (ms: number, abortSignal?: AbortSignal) => Promise<void>;
};
