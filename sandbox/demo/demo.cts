import { once } from 'node:events';
import { readPreparation } from '../n8n/preparation.cjs';
import { type Sandbox, startSandbox } from '../n8n/sandbox.cjs';
import { credentialStuffingAlert } from './alert.cjs';
import { attackAndRespond } from './attack.cjs';
import { intruder } from './person.cjs';
import { importPlaybook } from './playbook.cjs';
import { step } from './progress.cjs';
import { tellBlock, tellJson, tellWatch, tellWhereItRuns } from './tell.cjs';
import { awaitReport, switchRuleOff } from './watch.cjs';
import { importWatchPlaybook } from './watchPlaybook.cjs';

const asJson = process.argv.includes('--json');
const keepRunning = process.argv.includes('--keep-running');
/** One of the custom rules that the stand-in's example.com has from the beginning. */
const RULE = 'Block scanners';

const print = (text: string) => process.stdout.write(`${text}\n`);

async function playThrough(sandbox: Sandbox): Promise<boolean> {
	const { cloudflare, n8n } = sandbox;
	const since = Math.floor(Date.now() / 1000) * 1000;
	const { block, watch } = await step(
		'Importing the credentials and both playbooks, and turning them on',
		async () => {
			const block = await importPlaybook(n8n.client);
			return { block, watch: await importWatchPlaybook(n8n.client, block.credentials) };
		},
	);
	const alert = credentialStuffingAlert();
	const result = await step(`Sending an alert about ${alert.sourceIp} to the webhook`, async () =>
		attackAndRespond(cloudflare, block, alert),
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
	print(asJson ? tellJson(alert, result, watched) : `\n${tellWatch(watched)}`);

	const success = result.success && watched.success;
	if (!success && !keepRunning)
		process.stderr.write(
			'→ npm start plays the same and leaves n8n running: its lists of executions show which step failed\n',
		);
	if (keepRunning) process.stderr.write(tellWhereItRuns(sandbox, alert, block, { watch, change }));
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
