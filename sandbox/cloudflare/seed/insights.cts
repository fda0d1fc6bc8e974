import { remember } from '../insights/history.cjs';
import type { Insight, InsightRecord } from '../insights/types.cjs';
import type { Account, Zone } from '../types.cjs';
import { uuid } from './ids.cjs';
import { INSIGHT_CLASSES, type InsightClass } from './insightClasses.cjs';
import { seedIds } from './seedIds.cjs';

const HOUR = 3_600_000;
const LARGE = new Set(['dns', 'api_shield']);

interface Place {
	account: Account;
	zone: Zone;
}

const findClass = (name: string): InsightClass => {
	const found = INSIGHT_CLASSES.find((each) => each.name === name);
	if (found === undefined) throw new Error(`There is no insight class ${name}`);
	return found;
};

function subjectOf({ ofAccount, host = '' }: InsightClass, { account, zone }: Place): string {
	return ofAccount ? account.name : `${host}${zone.name}`;
}

function contextOf({ product }: InsightClass, subject: string): Record<string, unknown> {
	if (product === 'dns')
		return { records: [{ name: subject, type: 'A', content: '198.51.100.23', proxied: false }] };
	const endpoint = { method: 'POST', host: subject, path: '/v1/login/{id}' };
	return { endpoint, requests_sampled: 4210, without_authentication: 387 };
}

/** An insight found `age` hours before `now`. */
function insight(
	insightId: string,
	kind: InsightClass,
	place: Place,
	{ now, age }: { now: number; age: number },
	differences: Partial<Insight> = {},
): InsightRecord {
	const subject = subjectOf(kind, place);
	const zoneId = kind.ofAccount ? undefined : place.zone.id;
	const large = LARGE.has(kind.product);
	const time = now - age * HOUR;
	const found = new Date(time).toISOString();
	const record: InsightRecord = {
		accountId: place.account.id,
		product: kind.product,
		...(zoneId !== undefined && { zoneId }),
		...(large && { context: contextOf(kind, subject) }),
		insight: {
			id: insightId,
			issue_class: kind.name,
			issue_type: kind.type,
			severity: kind.severity,
			subject,
			status: 'active',
			dismissed: false,
			since: found,
			timestamp: found,
			resolve_link: `/:account/${zoneId === undefined ? '' : ':zone/'}${kind.page}`,
			resolve_text: kind.remedy,
			payload: {
				detection_method: kind.detection,
				...(zoneId !== undefined && { zone_tag: zoneId }),
			},
			has_extended_context: large,
			user_classification: null,
			...differences,
		},
		history: [],
	};
	const { user_classification } = record.insight;
	if (user_classification !== null)
		remember(record, time + HOUR / 2, {
			changed_by: 'first.responder@example.com',
			field_changed: 'user_classification',
			previous_value: null,
			current_value: user_classification,
			rationale: 'Looked at by the team, see ticket 100',
		});
	return record;
}

/** Some of the generated ones are dismissed, resolved or classified. */
function differences(index: number): Partial<Insight> {
	return {
		...(index % 8 === 5 && { dismissed: true }),
		...(index % 12 === 7 && { status: 'resolved' as const }),
		...(index % 10 === 3 && { user_classification: 'false_positive' as const }),
		...(index % 10 === 9 && { user_classification: 'accept_risk' as const }),
		...(index % 30 === 16 && { user_classification: 'other' as const }),
	};
}

/** Every class in turn; every second one about one of the first four zones. */
function generated(account: Account, zones: Zone[], count: number, now: number): InsightRecord[] {
	const [first, others] = [zones.slice(0, 4), zones.slice(4)];
	return Array.from({ length: count }, (_, index) => {
		const lap = Math.floor(index / INSIGHT_CLASSES.length);
		const kind = INSIGHT_CLASSES[(index + lap) % INSIGHT_CLASSES.length];
		const group = index % 2 === 0 || others.length === 0 ? first : others;
		const zone = group[Math.floor(index / 2) % group.length];
		return insight(
			uuid('insight', `${account.id}/${index}`),
			kind,
			{ account, zone },
			{ now, age: index + 8 },
			differences(index),
		);
	});
}

/** The insights that have well-known ids, as far as the zones exist. */
function wellKnown(account: Account, zones: Zone[], now: number): InsightRecord[] {
	const ids = seedIds.insights;
	const rows: Array<[string, string, string, Partial<Insight>?]> = [
		[ids.danglingRecord, 'a_record_dangling', 'example.com'],
		[ids.dmarc, 'dmarc', 'example.com'],
		[ids.acceptedRisk, 'hsts_not_enabled', 'example.net', { user_classification: 'accept_risk' }],
		[ids.dismissed, 'rdp_server_exposed', 'example.org', { dismissed: true }],
		[ids.accountLevel, 'access_setup_incomplete', 'example.com'],
	];
	return rows.flatMap(([insightId, kind, name, more], index) => {
		const zone = zones.find((each) => each.name === name);
		if (zone === undefined) return [];
		const time = { now, age: index + 1 };
		return [insight(insightId, findClass(kind), { account, zone }, time, more)];
	});
}

const ofAccount = (zones: Iterable<Zone>, { id }: Account): Zone[] =>
	[...zones].filter((zone) => zone.account.id === id && zone.type !== 'internal');

/** `count` insights of the main account and six of the second one, newest first; the other accounts have none. */
export function seedInsights(
	accounts: Iterable<Account>,
	zones: ReadonlyMap<string, Zone>,
	count: number,
	now: number,
): InsightRecord[] {
	const [main, second] = accounts;
	const [own, others] = [ofAccount(zones.values(), main), ofAccount(zones.values(), second)];
	const known = wellKnown(main, own, now).slice(0, count);
	return [
		...known,
		...(own.length > 0 ? generated(main, own, count - known.length, now) : []),
		...generated(second, others, 6, now),
	];
}
