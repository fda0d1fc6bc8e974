import { seedIds, wouldBlock } from '../cloudflare/index.cjs';
import type { Cloudflare } from '../n8n/sandbox.cjs';
import { type Alert, INNOCENT_ADDRESS } from './alert.cjs';
import { compareRules, customRules, type Rule } from './observe.cjs';
import type { Playbook, WebhookAnswer } from './playbook.cjs';
import type { Verdict } from './report.cjs';

export interface AttackResult {
	rulesBefore: Rule[];
	rulesAfter: Rule[];
	added: Rule[];
	othersUnchanged: boolean;
	verdicts: Verdict[];
	answer: WebhookAnswer;
	/** One new rule, it stops the attacker and nobody else, and the rest is as it was. */
	success: boolean;
}

/** Sends the alert to the playbook, and looks at Cloudflare before and after. */
export async function attackAndRespond(
	cloudflare: Cloudflare,
	playbook: Playbook,
	alert: Alert,
): Promise<AttackResult> {
	const zoneId = seedIds.zones['example.com'];
	const isBlocked = (address: string) =>
		wouldBlock(cloudflare.state, zoneId, {
			ip: address,
			host: alert.host,
			method: 'POST',
			path: alert.path,
			userAgent: alert.userAgent,
		}).blocked;
	const visitors = [
		{ who: 'the attacker', address: alert.sourceIp },
		{ who: 'a customer', address: INNOCENT_ADDRESS },
	];

	const rulesBefore = await customRules(cloudflare, zoneId);
	const before = visitors.map(({ address }) => isBlocked(address));
	const answer = await playbook.send(alert);
	const rulesAfter = await customRules(cloudflare, zoneId);
	const after = visitors.map(({ address }) => isBlocked(address));

	const { added, othersUnchanged } = compareRules(rulesBefore, rulesAfter);
	return {
		rulesBefore,
		rulesAfter,
		added,
		othersUnchanged,
		answer,
		verdicts: visitors.map((visitor, i) => ({
			...visitor,
			before: before[i] === true,
			after: after[i] === true,
		})),
		success:
			answer.status === 200 &&
			added.length === 1 &&
			othersUnchanged &&
			before.every((blocked) => !blocked) &&
			after[0] === true &&
			after[1] === false,
	};
}
