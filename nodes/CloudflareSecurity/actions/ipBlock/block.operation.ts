import type { NodeError } from '../../transport/errors';
import { formatNetwork } from '../../firewall/ipAddress';
import type { Item } from '../item';
import type { ItemOutcome, RunOperation } from '../operation';
import { addressFields, checkCount } from './addresses';
import { blockInList } from './blockInList';
import {
	judge,
	MOST_FIELD,
	optionsField,
	readRequest,
	type BlockRequest,
	type Judged,
} from './blockRequest';
import { blockWithAccessRules } from './blockWithAccessRules';
import { expiryFields } from './expiry';
import { cloudflareRanges } from './guard';
import { tellOfBlocks } from './hints';
import type { Job, Outcomes, Wish } from './job';
import { methodField, methodPermissions, placeFields } from './method';
import { presentBlocked, presentRefused } from './present';

const wishesOf = ({ results }: Judged): Wish[] =>
	results.flatMap(({ wish }) => (wish === undefined ? [] : [wish]));

/** Requests that become the same writes. */
function batched(all: readonly Judged[]): Judged[][] {
	const batches = new Map<string, Judged[]>();
	for (const request of all) {
		const { item, method, list, position, dryRun } = request;
		const fields = ['zonesFrom', 'zone', 'zones', 'account'].map((name) => item.value(name, ''));
		const key = JSON.stringify([method, list, position, dryRun, fields]);
		const batch = batches.get(key);
		if (batch) batch.push(request);
		else batches.set(key, [request]);
	}
	return [...batches.values()];
}

async function carryOut(batch: readonly Judged[]): Promise<Outcomes> {
	const wishes = batch.flatMap(wishesOf);
	if (wishes.length === 0) return new Map();
	const [{ item, method, places, list, position, dryRun }] = batch;
	const job: Job = {
		item,
		wishes,
		dryRun,
		places: await places.resolve(),
		isSingle: places.isSingle,
	};
	return method === 'list'
		? await blockInList(job, { name: list, position })
		: await blockWithAccessRules(job);
}

/** The output of an item: a record for each subject, or the first error among them. */
function outcomeOf(request: Judged, outcomes: Outcomes): ItemOutcome {
	const records = [];
	for (const { subject, wish } of request.results) {
		const address = subject.network ? formatNetwork(subject.network) : null;
		if (!wish) {
			records.push(presentRefused(subject, address));
			continue;
		}
		const outcome = outcomes.get(wish);
		if (!outcome || 'error' in outcome) return { error: outcome?.error };
		records.push(presentBlocked(subject, wish.address, request, outcome));
	}
	return records;
}

/** Reads every item. @returns what they ask for, unless the run is to end with the first mistake */
function readRequests(items: readonly Item[], outcomes: ItemOutcome[]): BlockRequest[] {
	const now = Date.now();
	const requests: BlockRequest[] = [];
	for (const [place, item] of items.entries()) {
		try {
			requests.push(readRequest(item, place, now));
		} catch (error) {
			outcomes[place] = { error };
			// The run ends with this error: nothing is to be blocked before.
			if (!item.context.continueOnFail()) return [];
		}
	}
	return requests;
}

async function judged(requests: readonly BlockRequest[]): Promise<Judged[]> {
	const subjects = requests.flatMap((request) => request.subjects);
	const most = Math.min(...requests.map((request) => request.most));
	checkCount(subjects, { most, field: MOST_FIELD });
	const naming = requests.find((request) => request.subjects.some(({ network }) => network));
	const cloudflare = naming ? await cloudflareRanges(naming.item) : [];
	return requests.map((request) => judge(request, cloudflare));
}

/** The run ends with this error, and what it has done before would be shown nowhere else. */
function tellWhatIsDone(error: unknown, outcomes: readonly ItemOutcome[]): void {
	const done = outcomes.filter((outcome) => Array.isArray(outcome) && outcome.length > 0).length;
	if (done === 0 || !(error instanceof Error)) return;
	const told = error as NodeError;
	const text = `Before it, ${done} other input items were done.`;
	told.description = [told.description, text].filter(Boolean).join(' ');
}

export const block: RunOperation = {
	value: 'block',
	name: 'Block',
	action: 'Block IP addresses',
	description:
		'Block IP addresses or networks in one step, with an expiry and a reason, without touching anything else. Cleans what an alert names, refuses private, Cloudflare and protected networks, and gives a result for each address: blocked, extended, alreadyBlocked, ruleInactive or refused with the reason. Safe to repeat.',
	fields: [
		methodField,
		...addressFields,
		...placeFields,
		...expiryFields,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Credential stuffing',
			description: 'Why, in one line; it stands beside the block at Cloudflare',
		},
		optionsField,
	],
	permission: methodPermissions.list,
	permissionBy: { parameter: 'method', needs: methodPermissions },
	writes: true,
	async executeTogether(items) {
		const outcomes: ItemOutcome[] = items.map(() => []);
		const requests = await judged(readRequests(items, outcomes));
		for (const batch of batched(requests)) {
			const [{ item }] = batch;
			try {
				const result = await carryOut(batch);
				for (const request of batch) outcomes[request.place] = outcomeOf(request, result);
			} catch (error) {
				const mayGoOn = item.context.continueOnFail();
				if (!mayGoOn) tellWhatIsDone(error, outcomes);
				for (const { place } of batch) outcomes[place] = { error };
				if (!mayGoOn) break;
			}
		}
		if (items.length > 0) tellOfBlocks(items[0].context, outcomes);
		return outcomes;
	},
};
