import { formatNetwork, type IpNetwork } from '../../firewall/ipAddress';
import { permissions } from '../../permissions';
import type { ItemOutcome, RunOperation } from '../operation';
import { addressFields } from './addresses';
import { methodField, methodPermissions, placeFields } from './method';
import { outcomeOfParts, type Part } from './parts';
import { presentRefused } from './present';
import { tellOfRemaining, unblockedPresenter } from './presentUnblocked';
import { carryOutEach, groupedBy, placeKey, readAll } from '../requests';
import type { Gone } from './survey/zoneVerdict';
import { unblockAccessRules } from './unblockAccessRules';
import { unblockInList } from './unblockInList';
import { NOTHING_DONE, type UnblockJob, type UnblockResult } from './unblockJob';
import { optionsField, readUnblockRequest, type UnblockRequest } from './unblockRequest';
import { readRest } from './unblockSurvey';

/** Unlike Block it changes no rule of a zone: it reads what still blocks. */
const needs = {
	...methodPermissions,
	list: { account: permissions.filterListsEdit, zone: permissions.zoneWafRead },
};

const targetsOf = ({ subjects }: UnblockRequest) =>
	subjects.flatMap(({ target }) => (target ? [target] : []));

async function carryOut(
	group: readonly UnblockRequest[],
	networks: readonly IpNetwork[],
): Promise<UnblockResult> {
	const [request] = group;
	const { item, list, includeForeign, checkRest, dryRun } = request;
	const places = await request.places.resolve();
	const job: UnblockJob = {
		item,
		targets: group.flatMap(targetsOf),
		networks,
		places,
		list,
		includeForeign,
		dryRun,
		...(checkRest
			? { readRest: async (known) => await readRest(request, { places, networks }, known) }
			: {}),
	};
	return request.method === 'list' ? await unblockInList(job) : await unblockAccessRules(job);
}

/** The output of each item: a record for each subject. */
function outcomesOf(
	group: readonly UnblockRequest[],
	{ unblocked, errors }: UnblockResult,
	gone: Gone,
): Map<UnblockRequest, ItemOutcome> {
	const present = unblockedPresenter(unblocked, gone);
	const partsOf = (request: UnblockRequest) =>
		request.subjects.map(({ subject, target }): Part => {
			if (!target) return { record: presentRefused(subject, null) };
			if (errors.has(target)) {
				const address = formatNetwork(target.network);
				const facts = { outcome: 'failed', input: subject.input, address };
				return { error: errors.get(target), facts };
			}
			return { record: present(target, request) };
		});
	return new Map(group.map((request) => [request, outcomeOfParts(request.item, partsOf(request))]));
}

const keyOf = (request: UnblockRequest): unknown => {
	const { item, method, list, includeForeign, checkRest, dryRun } = request;
	return [method, list, includeForeign, checkRest, dryRun, placeKey(item)];
};

export const unblock: RunOperation = {
	value: 'unblock',
	name: 'Unblock',
	action: 'Unblock IP addresses',
	description:
		'Unblock IP addresses or networks that Block has blocked, and say what else still blocks them: wider networks, other lists, access rules and custom rules. Blocks of others are kept unless chosen. Gives a result for each address: unblocked, notBlocked, stillBlocked with what remains, or refused. Safe to repeat.',
	fields: [...addressFields, methodField, ...placeFields, optionsField],
	permission: needs.list,
	permissionBy: { parameter: 'method', needs },
	writes: true,
	async executeTogether(items) {
		const outcomes: ItemOutcome[] = items.map(() => []);
		const requests = await readAll(items, outcomes, readUnblockRequest);
		const networks = requests.flatMap(targetsOf).map(({ network }) => network);
		// What was read serves the whole run, also after something was removed.
		const removed = new Set<string>();
		await carryOutEach(groupedBy(requests, keyOf), outcomes, async (group) => {
			const result: UnblockResult = group.some((request) => targetsOf(request).length > 0)
				? await carryOut(group, networks)
				: { unblocked: NOTHING_DONE, errors: new Map() };
			const ids = result.unblocked.removals.map(({ id }) => id);
			const gone = new Set([...removed, ...ids]);
			if (!group[0].dryRun) for (const id of ids) removed.add(id);
			return outcomesOf(group, result, gone);
		});
		if (items.length > 0) tellOfRemaining(items[0].context, outcomes);
		return outcomes;
	},
};
