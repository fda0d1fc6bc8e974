import type { Sandbox } from '../n8n/sandbox.cjs';
import { seedIds } from '../cloudflare/index.cjs';
import type { Alert } from './alert.cjs';
import type { AttackResult } from './attack.cjs';
import type { ExpiryResult } from './expire.cjs';
import type { ExpiryPlaybook } from './expiryPlaybook.cjs';
import { intruder, tokenOf } from './person.cjs';
import type { Playbook } from './playbook.cjs';
import { fieldsTable, listTable, logTable, rulesTable, trafficTable } from './report.cjs';
import { switched, type WatchResult } from './watch.cjs';
import type { WatchPlaybook } from './watchPlaybook.cjs';

const asObject = ({ json, text }: AttackResult['answer']): object =>
	typeof json === 'object' && json !== null ? json : { text };

/** The playbook's answer has every field; where it blocked there is no reason to tell. */
const withoutEmpty = (fields: object): object =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

export function tellBlock(alert: Alert, result: AttackResult): string {
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
		fieldsTable(
			`What the webhook answered (HTTP ${answer.status})`,
			withoutEmpty(asObject(answer)),
		),
		verdict,
	].join('\n\n');
}

export function tellWatch({ change, log, executions, reports, success }: WatchResult): string {
	const { person, rule } = change;
	const verdict = success
		? `The playbook reported who switched off "${rule.description}"; what the other playbooks did themselves did not start it.`
		: `NOT as it should be: ${executions} executions with ${reports.length} reports; one was expected, of what ${person.email} did.`;
	return [
		logTable('The audit log of the account since the demo began', log),
		...reports.map(({ text }) => `What the team gets\n\n${text.replace(/^/gm, '  ')}`),
		verdict,
	].join('\n\n');
}

export function tellExpiry(result: ExpiryResult): string {
	const { address, until, listBefore, listAfter, removals, success } = result;
	const verdict = success
		? `${address} gets through again; what was not over is still blocked.`
		: `NOT as it should be: the block of ${address} until ${until} was to end, alone.`;
	return [
		listTable('The IP list n8n_blocklist before', listBefore),
		listTable('The IP list n8n_blocklist after', listAfter),
		...removals.map(({ text }) => `What the team gets\n\n  ${text}`),
		verdict,
	].join('\n\n');
}

export function tellJson(
	alert: Alert,
	result: AttackResult,
	watch: WatchResult,
	expiry: ExpiryResult,
): string {
	const { added, othersUnchanged, rulesBefore, rulesAfter, verdicts, answer } = result;
	const { person, rule } = watch.change;
	return JSON.stringify({
		success: result.success && watch.success && expiry.success,
		attackerBlocked: result.success,
		changeReported: watch.success,
		expiredBlockRemoved: expiry.success,
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
		suspiciousChange: {
			who: person.email,
			from: person.ip,
			apiToken: person.token.name,
			switchedOff: rule,
		},
		auditLog: watch.log,
		executions: watch.executions,
		reports: watch.reports,
		expiry,
	});
}

/** For whoever wants to look around. */
export function tellWhereItRuns(
	{ n8n: { url, login }, proxy, cloudflare }: Sandbox,
	alert: Alert,
	block: Playbook,
	{
		watch,
		expire,
		change,
	}: { watch: WatchPlaybook; expire: ExpiryPlaybook; change: WatchResult['change'] },
): string {
	const rule = `zones/${seedIds.zones['example.com']}/rulesets/${seedIds.rulesets.exampleComCustom}/rules/${change.rule.id}`;
	return (
		`\nn8n is running, with a stand-in for Cloudflare that this process holds in memory.\n` +
		`  Editor    ${url}\n  E-mail    ${login.email}\n  Password  ${login.password}\n` +
		`The playbooks; each tab Executions shows what they did:\n` +
		`  Block the attacker from an alert  ${url}/workflow/${block.workflowId}\n` +
		`  Remove expired blocks             ${url}/workflow/${expire.workflowId}\n` +
		`  Watch for suspicious changes      ${url}/workflow/${watch.workflowId}\n` +
		`In the editor, n8n may first offer its assistant: Set up later.\n\n` +
		`Send another alert:\n  curl -X POST ${block.webhookUrl} -H 'X-Alert-Key: ${block.key}' \\\n` +
		`    -H 'Content-Type: application/json' -d '${JSON.stringify({ ...alert, sourceIp: '203.0.113.67' })}'\n\n` +
		`Switch the rule on again; within a minute Watch for suspicious changes has another execution with a report:\n` +
		`  curl -k -x ${proxy.proxyUrl} -X PATCH -H 'Authorization: Bearer ${tokenOf(intruder, cloudflare.state)}' \\\n` +
		`    -H 'Content-Type: application/json' -d '${JSON.stringify(switched(change.rule, true))}' \\\n` +
		`    https://api.cloudflare.com/client/v4/${rule}\n\n` +
		`Ctrl+C stops everything; nothing is kept.\n`
	);
}
