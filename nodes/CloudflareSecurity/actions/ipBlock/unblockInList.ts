import { parseNetwork, type IpNetwork } from '../../firewall/ipAddress';
import { unmapped } from '../../firewall/network';
import { NetworkIndex } from '../../firewall/networkIndex';
import { listPath, type ListItem } from '../../ipLists/ipList';
import { listValue } from '../../ipLists/listAddress';
import { tellBeside } from '../../transport/tellBeside';
import { removeChecked, type Removed } from '../../ipLists/removeChecked';
import type { PathSegment } from '../../transport/path';
import { accountOf } from '../accountTarget';
import { findBlocklist } from './blocklist';
import { presentComment } from './present';
import { readListItems, type KeptList } from './survey/readLists';
import { NOTHING_READ, type Survey } from './survey/survey';
import { mayRemove, type Removal, type UnblockJob, type UnblockResult } from './unblockJob';
import type { Target } from './unblockRequest';

const NOTHING: Removed = { left: new Map() };

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
	const survey: Survey = (await readRest?.({ knownLists: kept })) ?? {
		...NOTHING_READ,
		lists: kept,
	};
	const wanted = kept.length > 0 ? toRemove(job, kept[0].items) : new Map<string, ListItem>();
	const { left, error }: Removed =
		list && !dryRun
			? await removeChecked(item.client, account, list, wanted, ({ comment }) =>
					mayRemove(job, comment),
				)
			: NOTHING;
	if (error !== undefined) {
		const gone = wanted.size - left.size;
		tellBeside(error, `Removed by now: ${gone} of the ${wanted.size} items that this run removes.`);
	}
	const removals = [...wanted]
		.filter(([value]) => !left.has(value))
		.flatMap(([, each]) => {
			const network = parseNetwork(each.ip);
			return network ? [removalOf(account, kept[0], unmapped(network), each)] : [];
		});
	const leftIndex = new NetworkIndex(
		[...left.keys()].flatMap((value) => {
			const network = parseNetwork(value);
			return network ? [[network, value] as const] : [];
		}),
	);
	const isLeft = (target: Target) =>
		target.wanted.some((network) => leftIndex.about(network).length > 0);
	const failed = error === undefined ? [] : targets.filter(isLeft);
	return {
		unblocked: { places: job.places, survey, removals, failures: [] },
		errors: new Map(failed.map((target) => [target, error])),
	};
}
