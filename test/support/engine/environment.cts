/**
 * Must be the first import of whatever loads n8n-core: n8n reads these variables while its modules load.
 *
 * n8n-core is loaded through jest's own module registry, once per test file. That takes 1 to 2 s and about 50 MB a file,
 * freed late (so workerIdleMemoryLimit in jest.config.cjs). In exchange every file has an engine of its own, and node,
 * engine and test share one set of globals.
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'node:util';

const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-test-'));

process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'engine-test-key-engine-test-key-';
process.env.N8N_LOG_LEVEL = 'silent';
// Older versions warn about it in the log that the tests read.
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';

// A proxy of the machine would take the requests away from the interceptor.
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']) {
	delete process.env[name];
	delete process.env[name.toLowerCase()];
}

// jest gives a test file globals of its own, but errors of Node itself (sockets, aborts) come from outside. In n8n both
// are the same Error; without this, n8n would take a broken connection for "not an instance of Error".
const fromOutside = (value: unknown): boolean =>
	types.isNativeError(value) || value instanceof DOMException;
Object.defineProperty(Error, Symbol.hasInstance, {
	value(this: unknown, value: unknown): boolean {
		const ordinary = Function.prototype[Symbol.hasInstance].call(this as typeof Error, value);
		return ordinary || (this === Error && fromOutside(value));
	},
});

if (typeof afterAll === 'function') {
	afterAll(() => rmSync(userFolder, { recursive: true, force: true }));
}
