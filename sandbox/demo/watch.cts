import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxCredentials, seedIds } from '../cloudflare/index.cjs';
import type { Cloudflare } from '../n8n/sandbox.cjs';
import { customRules, type Rule } from './observe.cjs';
import { changeAs, type Person } from './person.cjs';
import type { Report, WatchPlaybook } from './watchPlaybook.cjs';

/** An event of the audit log, as far as it is shown. */
export interface LogEntry {
	id: string;
	time: string;
	who: string;
	credential: string;
	what: string;
	/** Whether it was made with the credential of the playbooks. */
	isOwn: boolean;
	/** Whether the playbook was started by it. */
	reported: boolean;
}

export interface SuspiciousChange {
	person: Person;
	/** As it was before. */
	rule: Rule;
}

export interface WatchResult {
	change: SuspiciousChange;
	/** What the audit log of the account has since the demo began. */
	log: LogEntry[];
	executions: number;
	reports: Report[];
	/** One report, of the person's change and with what there is to tell; none of what the playbooks did. */
	success: boolean;
}

const ZONE = seedIds.zones['example.com'];
/** n8n polls once a minute; then the playbook runs. */
const PATIENCE_MS = 90_000;
const EVERY_MS = 500;

const READ_ONLY = ['id', 'version', 'last_updated'];

/** What is sent to switch a rule on or off: Cloudflare takes what is left out for empty. */
export const switched = (rule: Rule, enabled: boolean): object => ({
	...Object.fromEntries(Object.entries(rule).filter(([key]) => !READ_ONLY.includes(key))),
	enabled,
});

/** Switches a custom rule of example.com off, as a person who is up to no good. @throws when there is none */
export async function switchRuleOff(
	cloudflare: Cloudflare,
	person: Person,
	description: string,
): Promise<SuspiciousChange> {
	const rules = await customRules(cloudflare, ZONE);
	const rule = rules.find((each) => each.description === description);
	if (!rule) throw new Error(`The stand-in has no rule "${description}"`);
	const path = `/zones/${ZONE}/rulesets/${seedIds.rulesets.exampleComCustom}/rules/${rule.id}`;
	await changeAs(person, cloudflare, ['PATCH', path, switched(rule, false)]);
	return { person, rule };
}

async function auditLog(
	cloudflare: Cloudflare,
	{ since, change }: { since: number; change: SuspiciousChange },
	reports: Report[],
): Promise<LogEntry[]> {
	const times = { since: new Date(since).toISOString(), before: new Date().toISOString() };
	const query = new URLSearchParams({ ...times, direction: 'asc' });
	const response = await cloudflare.fetch(
		new Request(
			`https://api.cloudflare.com/client/v4/accounts/${seedIds.mainAccount}/logs/audit?${query}`,
			{ headers: { authorization: `Bearer ${sandboxCredentials.userToken}` } },
		),
	);
	type Fields = Record<string, string>;
	const { result } = (await response.json()) as {
		result: Array<{ id: string; action: Fields; actor: Fields }>;
	};
	return result.map(({ id, action, actor }) => ({
		id,
		time: action.time,
		who: actor.email,
		credential: actor.token_name,
		what: action.description,
		isOwn: actor.token_id !== change.person.token.id,
		reported: reports.some(({ eventId }) => eventId === id),
	}));
}

function isTrue({ who, from, credential, rule, when }: Report, change: SuspiciousChange): boolean {
	const { email, ip, token } = change.person;
	return (
		who === email &&
		from === ip &&
		credential === token.name &&
		rule.includes(`"${change.rule.description}" is now OFF`) &&
		!Number.isNaN(Date.parse(when))
	);
}

/**
 * Waits until the playbook has reported the change, at most as long as n8n may need.
 * @param since when the demo began, in milliseconds since 1970
 */
export async function awaitReport(
	cloudflare: Cloudflare,
	playbook: WatchPlaybook,
	{ change, since }: { change: SuspiciousChange; since: number },
): Promise<WatchResult> {
	const deadline = Date.now() + PATIENCE_MS;
	let found = await playbook.reports();
	while (found.reports.length === 0 && Date.now() < deadline) {
		await sleep(EVERY_MS);
		found = await playbook.reports();
	}
	const log = await auditLog(cloudflare, { since, change }, found.reports);
	const own = log.filter(({ isOwn }) => isOwn);
	const [report] = found.reports;
	return {
		change,
		log,
		...found,
		success:
			found.reports.length === 1 &&
			isTrue(report, change) &&
			log.some(({ reported }) => reported) &&
			own.length > 0 &&
			own.every(({ reported }) => !reported),
	};
}
