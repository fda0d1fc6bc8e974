import { formatNetwork } from '../../firewall/ipAddress';
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
import { withAllowRules } from './overrule';
import { outcomeOfParts, type Part } from './parts';
import { presentBlocked, presentRefused } from './present';
import { carryOutEach, groupedBy, placeKey, readAll } from '../requests';

const wishesOf = ({ results }: Judged): Wish[] =>
	results.flatMap(({ wish }) => (wish === undefined ? [] : [wish]));

/** Requests with the same become the same writes. */
const keyOf = ({ item, method, list, position, dryRun }: Judged) => [
	method,
	list,
	position,
	dryRun,
	...placeKey(item),
];

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
	const outcomes =
		method === 'list'
			? await blockInList(job, { name: list, position })
			: await blockWithAccessRules(job);
	return await withAllowRules(job, outcomes);
}

/** The output of an item: a record for each subject. */
function outcomeOf(request: Judged, outcomes: Outcomes): ItemOutcome {
	const parts = request.results.map(({ subject, wish }): Part => {
		const address = subject.network ? formatNetwork(subject.network) : null;
		if (!wish) return { record: presentRefused(subject, address) };
		const outcome = outcomes.get(wish);
		if (outcome && !('error' in outcome)) {
			return { record: presentBlocked(subject, wish.address, request, outcome) };
		}
		return { error: outcome?.error, facts: { outcome: 'failed', input: subject.input, address } };
	});
	return outcomeOfParts(request.item, parts);
}

async function judged(requests: readonly BlockRequest[]): Promise<Judged[]> {
	const subjects = requests.flatMap((request) => request.subjects);
	const most = requests.reduce((least, request) => Math.min(least, request.most), Infinity);
	checkCount(subjects, { most, field: MOST_FIELD });
	const naming = requests.find((request) => request.subjects.some(({ network }) => network));
	const cloudflare = naming ? await cloudflareRanges(naming.item) : [];
	return requests.map((request) => judge(request, cloudflare));
}

export const block: RunOperation = {
	value: 'block',
	name: 'Block',
	action: 'Block IP addresses',
	description:
		'Block IP addresses or networks in one step, with an expiry and a reason, without touching anything else. Cleans what an alert names, refuses private, Cloudflare and protected networks, and gives a result for each address: blocked, extended, alreadyBlocked, ruleInactive, overruled or refused with the reason. Safe to repeat.',
	fields: [
		...addressFields,
		methodField,
		...placeFields,
		...expiryFields,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Credential stuffing',
			description: 'Why, in one line; it stands beside the block at Cloudflare. May be left empty.',
		},
		optionsField,
	],
	permission: methodPermissions.list,
	permissionBy: { parameter: 'method', needs: methodPermissions },
	writes: true,
	async executeTogether(items) {
		const outcomes: ItemOutcome[] = items.map(() => []);
		const now = Date.now();
		const requests = await readAll(items, outcomes, (item, place) => readRequest(item, place, now));
		const groups = groupedBy(await judged(requests), keyOf);
		await carryOutEach(groups, outcomes, async (group) => {
			const results = await carryOut(group);
			return new Map(group.map((request) => [request, outcomeOf(request, results)]));
		});
		if (items.length > 0) tellOfBlocks(items[0].context, outcomes);
		return outcomes;
	},
};
