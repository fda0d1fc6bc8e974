import { once } from 'node:events';
import { readPreparation } from '../n8n/preparation.cjs';
import { type Sandbox, startSandbox } from '../n8n/sandbox.cjs';
import { credentialStuffingAlert, scannerAlert } from './alert.cjs';
import { attackAndRespond } from './attack.cjs';
import { awaitRemoval, lookBefore } from './expire.cjs';
import { importExpiryPlaybook } from './expiryPlaybook.cjs';
import { intruder } from './person.cjs';
import { importPlaybook } from './playbook.cjs';
import { step } from './progress.cjs';
import { tellBlock, tellExpiry, tellJson, tellWatch, tellWhereItRuns } from './tell.cjs';
import { awaitReport, switchRuleOff } from './watch.cjs';
import { importWatchPlaybook } from './watchPlaybook.cjs';

const asJson = process.argv.includes('--json');
const keepRunning = process.argv.includes('--keep-running');
/** One of the custom rules that the stand-in's example.com has from the beginning. */
const RULE = 'Block scanners';
/** How long the second alert asks to block for. */
const SHORT_BLOCK_S = 10;

const print = (text: string) => process.stdout.write(`${text}\n`);

async function playThrough(sandbox: Sandbox): Promise<boolean> {
	const { cloudflare, n8n } = sandbox;
	const since = Math.floor(Date.now() / 1000) * 1000;
	const { block, expire, watch } = await step(
		'Importing the credentials and the three playbooks, and turning them on',
		async () => {
			const block = await importPlaybook(n8n.client);
			const expire = await importExpiryPlaybook(n8n.client, block.credentials);
			return { block, expire, watch: await importWatchPlaybook(n8n.client, block.credentials) };
		},
	);
	const alert = credentialStuffingAlert();
	const result = await step(`Sending an alert about ${alert.sourceIp} to the webhook`, async () =>
		attackAndRespond(cloudflare, block, alert),
	);
	const short = scannerAlert(SHORT_BLOCK_S);
	const before = await step(
		`Sending an alert about ${short.sourceIp}, which asks for a block of ${SHORT_BLOCK_S} seconds`,
		async () => {
			await block.send(short);
			return lookBefore(cloudflare, short);
		},
	);
	const change = await step(
		`Switching off the rule "${RULE}" as ${intruder.email}, with the API token "${intruder.token.name}"`,
		async () => switchRuleOff(cloudflare, intruder, RULE),
	);
	if (!asJson) print(`\n${tellBlock(alert, result)}\n`);
	const watched = await step(
		`Waiting until n8n looks into the audit log, as it does once a minute (here at second ${watch.second})`,
		async () => awaitReport(cloudflare, watch, { change, since }),
	);
	if (!asJson) print(`\n${tellWatch(watched)}\n`);
	const expired = await step(
		`Waiting until the scheduled playbook has ended the short block (after ${short.blockUntil})`,
		async () => awaitRemoval(cloudflare, expire, short, before),
	);
	print(asJson ? tellJson(alert, result, watched, expired) : `\n${tellExpiry(expired)}`);

	const success = result.success && watched.success && expired.success;
	if (!success && !keepRunning)
		process.stderr.write(
			'→ npm start plays the same and leaves n8n running: its lists of executions show which step failed\n',
		);
	if (keepRunning)
		process.stderr.write(tellWhereItRuns(sandbox, alert, block, { watch, expire, change }));
	return success;
}

const stopRequested = new Promise<string>((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => resolve(signal));
});

async function main(): Promise<number> {
	const starting = step(
		'Starting n8n 2.40.7 with the package, behind a proxy that answers for Cloudflare',
		async () => startSandbox(readPreparation()),
	);
	const sandbox = await starting;
	try {
		const played = playThrough(sandbox);
		const first = await Promise.race([played, stopRequested]);
		if (typeof first === 'string') {
			played.catch(() => undefined);
			return 130;
		}
		if (keepRunning) await stopRequested;
		return first ? 0 : 1;
	} finally {
		await step('Stopping n8n', async () => sandbox.stop());
	}
}

main()
	.catch((error: unknown) => {
		const message = error instanceof Error ? error.message : String(error);
		if (asJson) process.stdout.write(`${JSON.stringify({ success: false, error: message })}\n`);
		process.stderr.write(`✗ ${message}\n`);
		process.stderr.write(
			"→ Run the command again; if it fails in the same way, n8n's own words above say why\n",
		);
		return 1;
	})
	.then(async (code) => {
		// Whatever n8n's proxy still holds open must not keep the process alive.
		if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
		process.exit(code);
	});
