import { once } from 'node:events';
import { readPreparation } from '../n8n/preparation.cjs';
import { type Sandbox, startSandbox } from '../n8n/sandbox.cjs';
import { type Alert, credentialStuffingAlert } from './alert.cjs';
import { type AttackResult, attackAndRespond } from './attack.cjs';
import { importPlaybook } from './playbook.cjs';
import { step } from './progress.cjs';
import { fieldsTable, rulesTable, trafficTable } from './report.cjs';

const asJson = process.argv.includes('--json');
const keepRunning = process.argv.includes('--keep-running');

function report(alert: Alert, result: AttackResult): string {
	const { rulesBefore, rulesAfter, added, othersUnchanged, verdicts, answer, success } = result;
	const verdict = success
		? `The attacker is blocked; the ${rulesBefore.length} rules that were there are unchanged.`
		: `NOT as it should be: webhook answered HTTP ${answer.status}, ${added.length} new rules, earlier rules ${
				othersUnchanged ? 'unchanged' : 'CHANGED'
			}.`;
	return [
		fieldsTable('The alert that the SIEM sent to the webhook', alert),
		rulesTable(`Custom rules of ${alert.zone} before`, rulesBefore),
		rulesTable(`Custom rules of ${alert.zone} after`, rulesAfter, added),
		trafficTable(`POST https://${alert.host}${alert.path}`, verdicts),
		fieldsTable(`What the webhook answered (HTTP ${answer.status})`, asObject(answer)),
		verdict,
	].join('\n\n');
}

const asObject = ({ json, text }: AttackResult['answer']): object =>
	typeof json === 'object' && json !== null ? json : { text };

function reportJson(alert: Alert, result: AttackResult): string {
	const { success, added, othersUnchanged, rulesBefore, rulesAfter, verdicts, answer } = result;
	return JSON.stringify({
		success,
		alert,
		newRules: added,
		othersUnchanged,
		rulesBefore,
		rulesAfter,
		traffic: verdicts.map(({ who, address, before, after }) => ({
			who,
			address,
			blockedBefore: before,
			blockedAfter: after,
		})),
		answer: { status: answer.status, body: answer.json ?? answer.text },
	});
}

async function playThrough(sandbox: Sandbox): Promise<boolean> {
	const playbook = await step(
		'Importing the credentials and the playbook, and turning it on',
		async () => importPlaybook(sandbox.n8n.client),
	);
	const alert = credentialStuffingAlert();
	const result = await step(`Sending an alert about ${alert.sourceIp} to the webhook`, async () =>
		attackAndRespond(sandbox.cloudflare, playbook, alert),
	);
	process.stdout.write(`${asJson ? reportJson(alert, result) : `\n${report(alert, result)}`}\n`);
	if (!result.success && !keepRunning)
		process.stderr.write(
			'→ npm start plays the same and leaves n8n running: its list of executions shows which step failed\n',
		);
	if (keepRunning) {
		const { url, login } = sandbox.n8n;
		process.stderr.write(
			`\nn8n is running, with a stand-in for Cloudflare that this process holds in memory.\n` +
				`  Editor    ${url}\n  E-mail    ${login.email}\n  Password  ${login.password}\n` +
				`  Playbook  ${url}/workflow/${playbook.workflowId}\n\n` +
				`Send another alert:\n  curl -X POST ${playbook.webhookUrl} -H 'X-Alert-Key: ${playbook.key}' \\\n` +
				`    -H 'Content-Type: application/json' -d '${JSON.stringify({ ...alert, sourceIp: '203.0.113.67' })}'\n\n` +
				`Ctrl+C stops everything; nothing is kept.\n`,
		);
	}
	return result.success;
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
