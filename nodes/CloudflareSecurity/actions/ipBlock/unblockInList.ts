import { parseNetwork, type IpNetwork } from '../../firewall/ipAddress';
import { unmapped } from '../../firewall/network';
import { NetworkIndex } from '../../firewall/networkIndex';
import { listPath, type ListItem } from '../../ipLists/ipList';
import { listValue } from '../../ipLists/listAddress';
import { tellBeside } from '../../transport/tellBeside';
import { removeAsOfNow } from '../../ipLists/removeChecked';
import type { PathSegment } from '../../transport/path';
import { accountOf } from '../accountTarget';
import { findBlocklist } from './blocklist';
import { presentComment } from './present';
import { readListItems, type KeptList } from './survey/readLists';
import { NOTHING_READ, type Survey } from './survey/survey';
import { mayRemove, type Removal, type UnblockJob, type UnblockResult } from './unblockJob';
import type { Target } from './unblockRequest';

function removalOf(
	account: PathSegment,
	{ list }: KeptList,
	network: IpNetwork,
	item: ListItem,
): Removal {
	return {
		id: item.id,
		network,
		facts: {
			kind: 'listItem',
			network: item.ip,
			list: { id: list.id, name: list.name },
			item_id: item.id,
			block: presentComment(item.comment),
		},
		request: {
			method: 'DELETE',
			path: `${listPath(account, list.id).text}/items`,
			body: { items: [{ id: item.id }] },
		},
	};
}

/** The items that the targets name and that may be removed, by value. */
function toRemove(job: UnblockJob, items: KeptList['items']): Map<string, ListItem> {
	if (!('value' in items)) return new Map();
	const found = job.targets
		.flatMap(({ wanted }) => wanted.flatMap((network) => items.value.about(network)))
		.filter(({ comment }) => mayRemove(job, comment));
	return new Map(found.map((item) => [listValue(item.ip), item]));
}

interface Done {
	removed: ReadonlyMap<string, ListItem>;
	/** What was to go and did not. */
	failed: readonly string[];
	error?: unknown;
	survey: Survey;
}

/** Removes the wanted items as far as they may go by now: reading what else blocks may have taken minutes. */
async function remove(
	job: UnblockJob,
	account: PathSegment,
	{ list }: KeptList,
	wanted: ReadonlyMap<string, ListItem>,
	survey: Survey,
): Promise<Done> {
	const mayGo = ({ comment }: ListItem) => mayRemove(job, comment);
	const { client } = job.item;
	const result = await removeAsOfNow(client, account, list, [...wanted.keys()], mayGo);
	const { there, removed, left, error } = result;
	const now = new Map([...there, ...left]);
	const current = (item: ListItem) => {
		const value = listValue(item.ip);
		return wanted.has(value) ? now.get(value) : item;
	};
	const lists = survey.lists.map((kept) =>
		kept.list.id === list.id && 'value' in kept.items
			? { ...kept, items: { value: kept.items.value.map(current) } }
			: kept,
	);
	const failed = [...left].filter(([, item]) => mayGo(item)).map(([value]) => value);
	return { removed, failed, error, survey: { ...survey, lists } };
}

/**
 * Unblocks networks by taking them out of one IP list of the account, with one write for all.
 * @throws what concerns all targets alike
 */
export async function unblockInList(job: UnblockJob): Promise<UnblockResult> {
	const { item, targets, networks, dryRun, readRest } = job;
	const account = await accountOf(item);
	const list = await findBlocklist(item, account, job.list);
	const kept: KeptList[] = list
		? [{ list, items: { value: await readListItems(item, account, list, networks) } }]
		: [];
	const before: Survey = (await readRest?.({ knownLists: kept })) ?? {
		...NOTHING_READ,
		lists: kept,
	};
	const wanted = kept.length > 0 ? toRemove(job, kept[0].items) : new Map<string, ListItem>();
	const { removed, failed, error, survey }: Done =
		wanted.size > 0 && !dryRun
			? await remove(job, account, kept[0], wanted, before)
			: { removed: wanted, failed: [], survey: before };
	if (error !== undefined) {
		const text = `${removed.size} of the ${wanted.size} items that this run removes.`;
		tellBeside(error, `Removed by now: ${text}`);
	}
	const removals = [...removed.values()].flatMap((each) => {
		const network = parseNetwork(each.ip);
		return network ? [removalOf(account, kept[0], unmapped(network), each)] : [];
	});
	const leftIndex = new NetworkIndex(
		failed.flatMap((value) => {
			const network = parseNetwork(value);
			return network ? [[network, value] as const] : [];
		}),
	);
	const isLeft = (target: Target) =>
		target.wanted.some((network) => leftIndex.about(network).length > 0);
	const failedTargets = error === undefined ? [] : targets.filter(isLeft);
	return {
		unblocked: { places: job.places, survey, removals, failures: [] },
		errors: new Map(failedTargets.map((target) => [target, error])),
	};
}
