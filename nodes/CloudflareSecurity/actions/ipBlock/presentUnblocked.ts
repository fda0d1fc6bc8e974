import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readKept } from '../../firewall/blockMerge';
import { formatNetwork, type IpNetwork } from '../../firewall/ipAddress';
import { sameNetwork, unmapped } from '../../firewall/network';
import { NetworkIndex } from '../../firewall/networkIndex';
import { hintOnce } from '../hint';
import type { ItemOutcome } from '../operation';
import { presentPlace } from './present';
import { reasonOf } from './placeFailures';
import { presentFound, type FoundBlock } from './survey/found';
import { judge } from './survey/judge';
import type { Gone } from './survey/zoneVerdict';
import { presentUnreadable } from './survey/unreadable';
import { failuresFinder, type Removal, type Unblocked } from './unblockJob';
import { FOREIGN_FIELD, type Target, type UnblockRequest } from './unblockRequest';
import { listed } from './wording';

/** Why a block is still there, for people. */
function whyKept(
	found: FoundBlock,
	target: Target,
	{ method, list }: UnblockRequest,
	{ places }: Unblocked,
): string {
	if (found.kind === 'rule') return 'custom rules are left as they are';
	const isOwnMethod =
		method === 'list'
			? found.kind === 'listItem' && found.list.name === list
			: found.kind === 'accessRule';
	const network = unmapped(found.network);
	if (found.covers === 'part') return 'it is about a part of the network only';
	if (!target.wanted.some((one) => sameNetwork(unmapped(one), network))) {
		return `it is about ${formatNetwork(network)}, and others would be unblocked with it`;
	}
	if (!isOwnMethod) {
		return found.kind === 'accessRule'
			? 'it is an IP access rule, which the method List and Rule leaves alone'
			: `it is in the list ${found.list.name}, which is left alone`;
	}
	const isElsewhere =
		found.kind === 'accessRule' && !places.some(({ scope }) => scope.id === found.rule.scope?.id);
	if (isElsewhere && found.owner !== undefined) return `it belongs to ${found.owner}`;
	const comment = found.kind === 'listItem' ? found.item.comment : found.rule.notes;
	return readKept(comment).isOurs
		? 'it was there again'
		: `this node did not make it; the option ${FOREIGN_FIELD} removes it too`;
}

/** Whether it is more than a list that could not be read, or one of which nobody knows what it is for. */
function isKnownBlock(found: FoundBlock, { list }: UnblockRequest): boolean {
	if (found.blocks === true) return true;
	if (found.kind === 'rule') return found.isMet;
	return found.kind === 'listItem' && (found.rules.length > 0 || found.list.name === list);
}

/** Makes the output for each address that was to be unblocked. */
export function unblockedPresenter(
	unblocked: Unblocked,
	gone: Gone,
): (target: Target, request: UnblockRequest) => IDataObject {
	const { survey, removals, failures } = unblocked;
	const failuresOf = failuresFinder(failures);
	const removalIndex = new NetworkIndex(
		removals.map((removal, place) => [removal.network, { removal, place }] as const),
	);
	// Another input of the run may have named the network that contains this one.
	const removalsOf = (network: IpNetwork): Removal[] =>
		removalIndex
			.containing(network)
			.map(({ thing }) => thing)
			.sort((a, b) => a.place - b.place)
			.map(({ removal }) => removal);
	return (target, request) => {
		const { subject, network, widenedTo } = target;
		const { method, dryRun } = request;
		const { blocked, found } = judge(survey, network, gone);
		const removed = removalsOf(network);
		const remaining = found.filter((each) => each.blocks !== false);
		const failed = failuresOf(target);
		const isKnown = remaining.some((each) => isKnownBlock(each, request));
		const isBlocked = failed.length > 0 || (blocked !== false && isKnown);
		const done = removed.length > 0 ? 'unblocked' : 'notBlocked';
		return {
			outcome: isBlocked ? 'stillBlocked' : done,
			input: subject.input,
			address: formatNetwork(network),
			...(widenedTo === undefined ? {} : { widenedTo }),
			notes: [...subject.notes],
			method,
			removed: removed.map(({ facts }) => facts),
			remaining: [
				...remaining.map((each) => ({
					...presentFound(each),
					whyKept: whyKept(each, target, request, unblocked),
				})),
				...failed.map(({ place, error }) => ({
					kind: 'unknown',
					blocks: null,
					place: presentPlace(place),
					reason: reasonOf(error),
				})),
			],
			unreadable: survey.unreadable.map(presentUnreadable),
			...(dryRun ? { dryRun, requests: removed.map((removal) => removal.request) } : {}),
		};
	};
}

/** Says beside the output what is still blocked. */
export function tellOfRemaining(
	context: IExecuteFunctions,
	outcomes: readonly ItemOutcome[],
): void {
	const records = outcomes.flatMap((outcome) => (Array.isArray(outcome) ? outcome : []));
	const texts = records
		.filter(({ outcome }) => outcome === 'stillBlocked')
		.map(({ address }) => String(address));
	const left = [...new Set(texts)];
	if (left.length === 0) return;
	hintOnce(context, `Still blocked: ${listed(left, ', ')}. The field "remaining" says by what.`);
}
