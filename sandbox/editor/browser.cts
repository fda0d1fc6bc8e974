import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import type { Login } from '../n8n/restClient.cjs';
import { Editor } from './editor.cjs';

/** The sandbox of Chromium needs user namespaces, which containers often lack; only n8n on loopback is opened. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	'--force-color-profile=srgb',
	'--font-render-hinting=none',
];

/** The same in the tests and the pictures. */
const WINDOW = { width: 1440, height: 900 };
const PATIENCE_MS = 60_000;

export interface Browser {
	editor: Editor;
	/** What the editor asked for outside of this machine; none of it was let through. */
	refused: string[];
	close(): Promise<void>;
}

// The editor marks its parts so.
selectors.setTestIdAttribute('data-test-id');

/** Opens the editor in a new Chromium, logged in as the owner. */
export async function openBrowser(
	n8n: { url: string; login: Login },
	executablePath: string,
	{ scale = 1 }: { scale?: number } = {},
): Promise<Browser> {
	const profile = mkdtempSync(join(tmpdir(), 'n8n-editor-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath,
		headless: true,
		args: FLAGS,
		viewport: WINDOW,
		deviceScaleFactor: scale,
		colorScheme: 'light',
		locale: 'en-GB',
		timezoneId: 'UTC',
		reducedMotion: 'reduce',
	});
	const close = async () => {
		await context.close();
		// A helper of the browser may still be writing.
		rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
	try {
		context.setDefaultTimeout(PATIENCE_MS);
		const refused: string[] = [];
		await context.route(
			({ origin }) => origin !== n8n.url,
			async (route) => {
				refused.push(route.request().url());
				await route.abort();
			},
		);
		const { email, password } = n8n.login;
		const answer = await context.request.post(`${n8n.url}/rest/login`, {
			data: { emailOrLdapLoginId: email, password },
		});
		if (!answer.ok()) throw new Error(`n8n does not let the browser in: HTTP ${answer.status()}`);
		const [first] = context.pages();
		return { editor: new Editor(first ?? (await context.newPage()), n8n.url), refused, close };
	} catch (error) {
		await close();
		throw error;
	}
}
