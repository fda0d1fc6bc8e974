import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { sandboxCredentials, seedIds } from '../cloudflare/index.cjs';
import type { Credentials } from '../demo/example.cjs';
import { readPreparation } from '../n8n/preparation.cjs';
import { type Sandbox, startSandbox } from '../n8n/sandbox.cjs';
import { openBrowser } from './browser.cjs';
import { PICTURES } from './motifs.cjs';
import { FOLDER, takePicture } from './takePicture.cjs';

async function takeAll(
	sandbox: Sandbox,
	names: readonly string[],
	chromium: string,
): Promise<void> {
	const { client } = sandbox.n8n;
	const data = { ownedBy: 'automatic', accountId: seedIds.mainAccount, zoneId: '' };
	const credentials: Credentials = {
		cloudflareSecurityTokenApi: await client.createCredential({
			name: 'Cloudflare',
			type: 'cloudflareSecurityTokenApi',
			data: { ...data, apiToken: sandboxCredentials.userToken },
		}),
		httpHeaderAuth: await client.createCredential({
			name: 'Alert Webhook Key',
			type: 'httpHeaderAuth',
			data: { name: 'X-Alert-Key', value: randomBytes(24).toString('hex') },
		}),
	};
	const { editor, close } = await openBrowser(sandbox.n8n, chromium);
	try {
		for (const name of names) await takePicture({ ...sandbox, editor, credentials }, name);
	} finally {
		await close();
	}
}

async function main(): Promise<void> {
	const chosen = process.argv.slice(2);
	const unknown = chosen.filter((name) => !Object.hasOwn(PICTURES, name));
	if (unknown.length > 0)
		throw new Error(
			`No such picture: ${unknown.join(', ')}. There are: ${Object.keys(PICTURES).join(', ')}`,
		);
	mkdirSync(FOLDER, { recursive: true });
	const sandbox = await startSandbox(readPreparation());
	try {
		const names = chosen.length > 0 ? chosen : Object.keys(PICTURES);
		await takeAll(sandbox, names, process.env.CHROMIUM_PATH ?? '');
	} finally {
		await sandbox.stop();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`✗ ${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
