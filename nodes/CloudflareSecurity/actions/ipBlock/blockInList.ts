import type { IDataObject } from 'n8n-workflow';
import { formatBlockComment } from '../../firewall/blockComment';
import { lastsUntil, mergeNotes } from '../../firewall/blockMerge';
import { listItemFor } from '../../firewall/listItem';
import { appendChecked, type Written } from '../../ipLists/appendChecked';
import { findItems } from '../../ipLists/findItems';
import { listPath, type IpList, type ListItem } from '../../ipLists/ipList';
import type { WantedItem } from '../../ipLists/writeItems';
import type { PathSegment } from '../../transport/path';
import { accountOf } from '../accountTarget';
import type { Item } from '../item';
import type { PlaceWish } from '../rulesetRule/place';
import { creationOf, ensureBlocklist, findBlocklist } from './blocklist';
import { ensureRules } from './blockRule';
import {
	byAddress,
	forAll,
	type Blocked,
	type Job,
	type Outcomes,
	type PlaceResult,
	type Wish,
} from './job';
import { tellBeside } from '../../transport/tellBeside';

export interface ListChoice {
	name: string;
	/** Where a new rule goes. */
	position: PlaceWish;
}

/** A network to be in the list, and until when. */
interface Entry {
	wishes: readonly Wish[];
	item: WantedItem;
	expiresAt?: number;
	outcome: 'blocked' | 'extended' | 'alreadyBlocked';
	previous?: string;
}

function entryFor(address: string, wishes: readonly Wish[], there: ListItem | undefined): Entry {
	const note = mergeNotes(wishes.map((wish) => wish.note));
	const { expiresAt } = note;
	const item = { ip: address, comment: formatBlockComment(note) };
	const entry = { wishes, item, ...(expiresAt === undefined ? {} : { expiresAt }) };
	if (!there) return { ...entry, outcome: 'blocked' };
	if (lastsUntil(there.comment, expiresAt)) return { ...entry, outcome: 'alreadyBlocked' };
	return { ...entry, outcome: 'extended', previous: there.comment ?? '' };
}

interface Target {
	account: PathSegment;
	/** Left out while a dry run would make it. */
	list?: IpList;
	created: boolean;
}

async function openList({ item, dryRun }: Job, name: string): Promise<Target> {
	const account = await accountOf(item);
	if (!dryRun) return { account, ...(await ensureBlocklist(item, account, name)) };
	const list = await findBlocklist(item, account, name);
	return { account, created: !list, ...(list ? { list } : {}) };
}

// Also a list that was made a moment ago: other runs may have written to it since.
const readThere = async (item: Item, { account, list }: Target, values: string[]) =>
	list ? await findItems(item.client, account, list, values) : new Map<string, ListItem>();

/** What came of the list and the zones, for all wishes alike. */
interface Work {
	places: readonly PlaceResult[];
	entries: readonly Entry[];
	written: Written;
}

async function work(
	job: Job,
	target: Target,
	{ name, position }: ListChoice,
	groups: ReadonlyMap<string, readonly Wish[]>,
): Promise<Work> {
	const { item, dryRun } = job;
	const listExists = target.list !== undefined;
	const standing = [`the list ${name}`];
	const tell = (error: unknown) => {
		if (!dryRun) tellBeside(error, `There by now: ${standing.join(', and a rule for it in ')}.`);
	};
	const carryOut = async (): Promise<Work> => {
		const places = await ensureRules(item, job.places, {
			account: target.account,
			list: name,
			position,
			dryRun,
			listExists,
		});
		const zones = places.filter(({ outcome }) => outcome === 'blocked');
		if (zones.length > 0) {
			standing.push(zones.map(({ place }) => place.name ?? place.scope.id).join(', '));
		}
		const there = await readThere(item, target, [...groups.keys()]);
		const entries = [...groups].map(([address, wishes]) =>
			entryFor(address, wishes, there.get(address)),
		);
		const toWrite = entries.filter(({ outcome }) => outcome !== 'alreadyBlocked');
		const written =
			dryRun || !target.list ? { items: there } : await write(item, target, there, toWrite);
		if (written.error !== undefined) tell(written.error);
		return { places, entries, written };
	};
	return await carryOut().catch((error: unknown) => {
		tell(error);
		throw error;
	});
}

/**
 * Blocks networks through one IP list of the account and a rule in each zone. The list first, then the rules, then the
 * addresses: what is in the list is blocked from the moment in which it is there.
 * @throws what concerns all wishes alike
 */
export async function blockInList(job: Job, choice: ListChoice): Promise<Outcomes> {
	const { dryRun } = job;
	const outcomes = new Map<Wish, Blocked | { error: unknown }>();
	const groups = new Map(byAddress(job.wishes));
	for (const [address, wishes] of groups) {
		const result = listItemFor(wishes[0].network);
		if ('ip' in result) continue;
		groups.delete(address);
		const { code, reason } = result.refused;
		const refused: Blocked = { outcome: 'refused', code, reason, places: [] };
		for (const [wish, outcome] of forAll(wishes, refused)) outcomes.set(wish, outcome);
	}
	if (groups.size === 0) return outcomes;

	const target = await openList(job, choice.name);
	const { places, entries, written } = await work(job, target, choice, groups);
	const holds = places.some(({ outcome }) => outcome === 'blocked');

	const resultOf = (entry: Entry): Blocked | { error: unknown } => {
		const kept = written.items.get(entry.item.ip);
		const isShown = kept !== undefined && lastsUntil(kept.comment, entry.expiresAt);
		if (!dryRun && !isShown) return { error: written.error };
		const isWritten = entry.outcome !== 'alreadyBlocked';
		// Somebody else may have blocked it, for as long or longer, while this run waited.
		const isOurs = dryRun || kept?.comment === entry.item.comment;
		const outcome = isOurs ? entry.outcome : 'alreadyBlocked';
		return {
			outcome: holds ? outcome : 'ruleInactive',
			places,
			comment: dryRun && isWritten ? entry.item.comment : kept?.comment,
			...(entry.previous === undefined || !isOurs ? {} : { previous: entry.previous }),
			list: listFacts(target, choice.name, kept),
			...(dryRun && isWritten ? { request: requestFor(target, entry.item) } : {}),
		};
	};
	for (const entry of entries) {
		for (const [wish, result] of forAll(entry.wishes, resultOf(entry))) outcomes.set(wish, result);
	}
	return outcomes;
}

async function write(
	item: Item,
	{ account, list }: Target,
	there: ReadonlyMap<string, ListItem>,
	entries: readonly Entry[],
): Promise<Written> {
	if (!list || entries.length === 0) return { items: there };
	const until = new Map(entries.map((entry) => [entry.item.ip, entry.expiresAt]));
	const isDone = (kept: ListItem | undefined, { ip }: WantedItem) =>
		kept !== undefined && lastsUntil(kept.comment, until.get(ip));
	const written = await appendChecked(item.client, account, list, {
		wanted: entries.map((entry) => entry.item),
		values: [...until.keys()],
		isDone,
		leaves: isDone,
	});
	return { ...written, items: new Map([...there, ...written.items]) };
}

const listFacts = ({ list, created }: Target, name: string, kept?: ListItem): IDataObject => ({
	id: list?.id ?? null,
	name,
	created,
	item_id: kept?.id ?? null,
});

const requestFor = ({ account, list }: Target, item: WantedItem): IDataObject => ({
	method: 'POST',
	path: list
		? `${listPath(account, list.id).text}/items`
		: `${creationOf(account, '').path.text}/<the new list>/items`,
	body: [{ ...item }],
});
