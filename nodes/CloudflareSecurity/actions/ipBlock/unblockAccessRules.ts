import type { IpNetwork } from '../../firewall/ipAddress';
import { unmapped } from '../../firewall/network';
import { collect, inOrder } from '../../transport/inOrder';
import { tellBeside } from '../../transport/tellBeside';
import { accessRulesPath, inheritedFrom, type AccessRule } from '../ipAccessRule/accessRule';
import { removeRule } from '../ipAccessRule/removeRule';
import { removalOf, requestOf } from '../ipAccessRule/ruleWrites';
import type { Place } from './method';
import { PlaceFailures, type Tried } from './placeFailures';
import { presentComment, presentPlace } from './present';
import { accessRulesOf, byNetwork, readAccessRules } from './survey/readAccessRules';
import { NOTHING_READ, type Survey } from './survey/survey';
import {
	failuresFinder,
	mayRemove,
	NOTHING_DONE,
	type PlaceFailure,
	type Removal,
	type UnblockJob,
	type UnblockResult,
} from './unblockJob';
import type { Target } from './unblockRequest';

/** How often to look whether a rule is gone, a second apart: lists may lag behind. */
const MAX_LOOKS = 3;
const WAIT_MS = 1_000;

/** A rule of a place that is to go. */
interface Doomed {
	readonly place: Place;
	readonly rule: AccessRule;
	readonly network: IpNetwork;
}

interface PlaceRules {
	readonly place: Place;
	readonly read: Tried<AccessRule[]>;
}

const mayGo = (job: UnblockJob, { scope }: Place, rule: AccessRule): boolean =>
	rule.mode === 'block' && inheritedFrom(rule, scope) === undefined && mayRemove(job, rule.notes);

/** The place's own rules that block what the targets name. One that allows or challenges is no block. */
function doomedIn(job: UnblockJob, { place, read }: PlaceRules): Doomed[] {
	if ('error' in read) return [];
	const rules = byNetwork(read.done);
	const found = new Map<string, Doomed>();
	for (const network of job.targets.flatMap(({ wanted }) => wanted)) {
		for (const rule of rules.about(network)) {
			if (mayGo(job, place, rule)) found.set(rule.id, { place, rule, network: unmapped(network) });
		}
	}
	return [...found.values()];
}

const describe = ({ place, rule, network }: Doomed): Removal => ({
	id: rule.id,
	network,
	facts: {
		kind: 'accessRule',
		network: rule.configuration.value,
		rule_id: rule.id,
		place: presentPlace(place),
		block: presentComment(rule.notes),
	},
	request: requestOf(removalOf(place.scope, rule)),
});

/** Which of the rules the place does not show any more. @throws NodeApiError */
async function goneFrom(
	{ item }: UnblockJob,
	place: Place,
	doomed: readonly Doomed[],
): Promise<ReadonlySet<string>> {
	const networks = doomed.map(({ network }) => network);
	const call = { method: 'GET', path: accessRulesPath(place.scope).text };
	for (let look = 1; ; look += 1) {
		const rules = await readAccessRules(item, place, networks, { inside: false });
		const shown = new Set(rules.map(({ id }) => id));
		const gone = doomed.map(({ rule }) => rule.id).filter((id) => !shown.has(id));
		if (gone.length === doomed.length || look === MAX_LOOKS) return new Set(gone);
		await item.client.pause(WAIT_MS, call);
	}
}

interface Removed {
	gone: Doomed[];
	/** What stayed as it was not to go any more, and, without a rule, what was gone already; by ID. */
	changed: ReadonlyMap<string, AccessRule | undefined>;
	/** How many more Cloudflare said that it deleted, where nobody could look afterwards. */
	unseen: number;
	failures: PlaceFailure[];
}

/** Deletes rules of one place, and looks which of them are gone. */
async function removeIn(
	job: UnblockJob,
	failures: PlaceFailures,
	place: Place,
	doomed: readonly Doomed[],
): Promise<Removed> {
	const failed = new Map<Doomed, unknown>();
	const changed = new Map<string, AccessRule | undefined>();
	const tried: Doomed[] = [];
	await collect(
		inOrder(doomed, async (each) => {
			const outcome = await failures.attempt(place, async () =>
				removeRule(job.item.client, place.scope, each.rule, (rule) => mayGo(job, place, rule)),
			);
			if ('error' in outcome) {
				tried.push(each);
				failed.set(each, outcome.error);
				return;
			}
			const { rule = each.rule, isRemoved } = outcome.done;
			if (isRemoved) tried.push({ ...each, rule });
			else changed.set(each.rule.id, outcome.done.rule);
		}),
	);
	if (tried.length === 0) return { gone: [], changed, unseen: 0, failures: [] };
	const look = await failures.attempt(place, async () => await goneFrom(job, place, tried));
	const errorOf = (each: Doomed): unknown =>
		'error' in look ? look.error : (failed.get(each) ?? stillThere(job, each));
	const isGone = ({ rule }: Doomed) => 'done' in look && look.done.has(rule.id);
	return {
		gone: tried.filter(isGone),
		changed,
		unseen: 'error' in look ? tried.length - failed.size : 0,
		failures: tried
			.filter((each) => !isGone(each))
			.map((each) => ({ place, network: each.network, error: errorOf(each) })),
	};
}

function stillThere({ item }: UnblockJob, { place, rule }: Doomed): Error {
	const message = 'the access rule was deleted, and is there again: somebody else works on it';
	const call = { method: 'DELETE', path: removalOf(place.scope, rule).path.text, status: 200 };
	return item.client.toError({
		...call,
		kind: 'conflict',
		errors: [{ message }],
		effectUnknown: false,
	});
}

function whatIsDone(results: readonly Removed[], all: number): string {
	const removed = results.flatMap(({ gone }) => gone).length;
	const unseen = results.reduce((sum, each) => sum + each.unseen, 0);
	const doubt =
		unseen > 0 ? ` ${unseen} more were deleted, but whether they stay so is not known.` : '';
	return `Removed by now: ${removed} of the ${all} access rules that this run removes.${doubt}`;
}

/**
 * Unblocks networks by deleting the IP access rule of each in each place.
 * @throws NodeApiError when the execution was cancelled
 */
export async function unblockAccessRules(job: UnblockJob): Promise<UnblockResult> {
	const { item, targets, places, networks, dryRun, readRest } = job;
	const failures = new PlaceFailures();
	const read = await collect(
		inOrder(places, async (place) => ({
			place,
			read: await failures.attempt(place, async () => await accessRulesOf(item, place, networks)),
		})),
	);
	const unread = read.flatMap(({ place, read: tried }): PlaceFailure[] =>
		'error' in tried ? [{ place, error: tried.error }] : [],
	);
	if (unread.length === places.length && unread.length > 0) {
		return noPlaceLeft(targets, unread[0].error);
	}
	const before: Survey = (await readRest?.({})) ?? surveyOf(read);
	const doomed = read.map((each) => ({ place: each.place, rules: doomedIn(job, each) }));
	const results: Removed[] = dryRun
		? doomed.map(({ rules }) => ({ gone: rules, changed: new Map(), unseen: 0, failures: [] }))
		: await collect(
				inOrder(
					doomed.filter(({ rules }) => rules.length > 0),
					async ({ place, rules }) => await removeIn(job, failures, place, rules),
				),
			);
	const changed = new Map(results.flatMap((result) => [...result.changed]));
	const survey = changed.size > 0 ? withChanged(before, changed) : before;
	const all = [...unread, ...results.flatMap((result) => result.failures)];
	const removals = results.flatMap(({ gone }) => gone).map(describe);
	const errors = new Map<Target, unknown>();
	const failuresOf = failuresFinder(all);
	for (const target of targets) {
		const own = failuresOf(target);
		const failedPlaces = new Set(own.map(({ place }) => place));
		if (own.length > 0 && failedPlaces.size === places.length) errors.set(target, own[0].error);
	}
	const count = doomed.flatMap(({ rules }) => rules).length;
	if (!dryRun && count > 0) {
		const text = whatIsDone(results, count);
		for (const error of new Set(errors.values())) tellBeside(error, text);
	}
	return {
		unblocked: { places, survey, removals, failures: all },
		errors,
	};
}

const noPlaceLeft = (targets: readonly Target[], error: unknown): UnblockResult => ({
	unblocked: NOTHING_DONE,
	errors: new Map(targets.map((target) => [target, error])),
});

/** What the places alone show, where nothing else was asked for. */
const surveyOf = (read: readonly PlaceRules[]): Survey => ({
	...NOTHING_READ,
	zones: read.map(({ place, read: tried }) => ({
		place,
		...('done' in tried ? { accessRules: byNetwork(tried.done) } : {}),
	})),
});

const withChanged = (survey: Survey, changed: Removed['changed']): Survey => ({
	...survey,
	zones: survey.zones.map((zone) => ({
		...zone,
		...(zone.accessRules && {
			accessRules: zone.accessRules.map((rule) =>
				changed.has(rule.id) ? changed.get(rule.id) : rule,
			),
		}),
	})),
});
