import type { IDataObject } from 'n8n-workflow';
import { BLOCK_MARKER } from '../../firewall/blockComment';
import { isOver } from '../../firewall/blockMerge';
import type { CloudflareClient } from '../../transport/client';
import { inOrder } from '../../transport/inOrder';
import { pageNumberRows, rowsWhere } from '../../transport/paginate';
import { listValue } from '../../ipLists/listAddress';
import { accessRuleList, inheritedFrom, type AccessRule } from '../ipAccessRule/accessRule';
import { removeRule } from '../ipAccessRule/removeRule';
import { removalOf, requestOf } from '../ipAccessRule/ruleWrites';
import { hintOnce } from '../hint';
import type { Item } from '../item';
import type { Place } from './method';
import type { Part } from './parts';
import { tellBeside } from '../../transport/tellBeside';
import { PlaceFailures } from './placeFailures';
import { presentComment, presentPlace } from './present';
import { listed, number } from './wording';

const METHOD = 'accessRule';

export interface RuleSweep {
	places: readonly Place[];
	dryRun: boolean;
}

/** Whether a rule is the place's own, blocks for this package, and is over. @param now milliseconds since 1970 */
const isExpired = (rule: AccessRule, { scope }: Place, now: number): boolean =>
	rule.mode === 'block' && inheritedFrom(rule, scope) === undefined && isOver(rule.notes, now);

async function readExpired(
	client: CloudflareClient,
	place: Place,
	now: number,
): Promise<AccessRule[]> {
	const rows = pageNumberRows<AccessRule>(client, {
		...accessRuleList(place.scope),
		query: { mode: 'block', notes: BLOCK_MARKER, match: 'all' },
	});
	return await rowsWhere(rows, (rule) => isExpired(rule, place, now));
}

/** @returns the rule as it was right before; undefined when it is gone already or lasts longer by now */
async function removeExpired(
	client: CloudflareClient,
	place: Place,
	rule: AccessRule,
	now: number,
): Promise<AccessRule | undefined> {
	const mayGo = (current: AccessRule) => isExpired(current, place, now);
	const { rule: current, isRemoved } = await removeRule(client, place.scope, rule, mayGo);
	return isRemoved ? current : undefined;
}

const recordOf = (place: Place, rule: AccessRule): IDataObject => ({
	outcome: 'removed',
	address: listValue(rule.configuration.value),
	method: METHOD,
	block: presentComment(rule.notes),
	place: { ...presentPlace(place), rule_id: rule.id },
});

const planFor = (place: Place, rule: AccessRule): IDataObject => ({
	...recordOf(place, rule),
	outcome: 'wouldRemove',
	dryRun: true,
	request: requestOf(removalOf(place.scope, rule)),
});

const failedAt = (place: Place, error: unknown): Part => ({
	error,
	facts: { outcome: 'failed', method: METHOD, place: presentPlace(place) },
});

/** What came of a place. */
interface Swept {
	place: Place;
	rules: AccessRule[];
	failure?: { error: unknown };
}

async function sweep(
	client: CloudflareClient,
	{ places, dryRun }: RuleSweep,
): Promise<readonly Swept[]> {
	const now = client.now();
	const failures = new PlaceFailures();
	const swept: Swept[] = places.map((place) => ({ place, rules: [] }));
	const expired: Array<{ at: Swept; rule: AccessRule }> = [];
	const read = async (at: Swept) => {
		const { place } = at;
		const tried = await failures.attempt(place, async () => await readExpired(client, place, now));
		return { at, tried };
	};
	for await (const { at, tried } of inOrder(swept, read)) {
		if ('error' in tried) at.failure = tried;
		else expired.push(...tried.done.map((rule) => ({ at, rule })));
	}
	const remove = async ({ at, rule }: { at: Swept; rule: AccessRule }) => {
		const { place } = at;
		const work = async () => (dryRun ? rule : await removeExpired(client, place, rule, now));
		return { at, tried: await failures.attempt(place, work) };
	};
	for await (const { at, tried } of inOrder(expired, remove)) {
		if ('error' in tried) at.failure ??= tried;
		else if (tried.done) at.rules.push(tried.done);
	}
	return swept;
}

/** A schedule shows nothing but the error, or the hint where it goes on. */
function tellOfFailures({ context }: Item, swept: readonly Swept[], dryRun: boolean): void {
	const failed = swept.filter(({ failure }) => failure);
	if (failed.length === 0) return;
	const names = listed(
		failed.map(({ place: { name, scope } }) => name ?? scope.id),
		', ',
	);
	hintOnce(context, `Expired blocks may be left: it failed in ${names}.`);
	const gone = swept.flatMap(({ rules }) => rules).length;
	const removed = `Removed by now: ${number(gone, 'expired block', 'expired blocks')}.`;
	const text = `It failed in ${names}.`;
	tellBeside(failed[0].failure?.error, dryRun ? text : `${removed} ${text}`);
}

/**
 * Deletes the access rules of this package that are over. Each is read again right before, and stays when it lasts
 * longer by then. Rules of the account are never touched from a zone.
 * @returns a record for each that is gone, and a failure for each place that failed
 * @throws NodeApiError when the execution was cancelled
 */
export async function sweepAccessRules(item: Item, wanted: RuleSweep): Promise<Part[]> {
	const { dryRun } = wanted;
	const swept = await sweep(item.client, wanted);
	tellOfFailures(item, swept, dryRun);
	const show = dryRun ? planFor : recordOf;
	return swept.flatMap(({ place, rules, failure }) => [
		...rules.map((rule) => ({ record: show(place, rule) })),
		...(failure ? [failedAt(place, failure.error)] : []),
	]);
}
