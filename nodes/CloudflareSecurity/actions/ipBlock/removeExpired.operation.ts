import type { INodeProperties } from 'n8n-workflow';
import { accountField } from '../../descriptions/targets';
import { showWhen } from '../../descriptions/show';
import { yesOrNo } from '../../input/values';
import { editAccessRules, permissions } from '../../permissions';
import { accountOf, checkAccount } from '../accountTarget';
import type { Item } from '../item';
import type { ItemOutcome, Permission, RunOperation } from '../operation';
import { zoneChoiceFields } from '../zoneChoice';
import { listNameOption, readListName } from './blocklist';
import { choosePlaces, methodField, readMethod, zoneSelector, type Method } from './method';
import { outcomeOfParts } from './parts';
import { tellBeside } from '../../transport/tellBeside';
import { carryOutEach, readAll, type Request } from '../requests';
import { sweepAccessRules } from './sweepAccessRules';
import { sweepList } from './sweepList';
import { number } from './wording';

/** The list is swept without its rules, so no right on zones is needed. */
const needs: Readonly<Record<Method, Permission>> = {
	list: { account: permissions.filterListsEdit },
	accessRule: editAccessRules,
};

/** A list belongs to an account; access rules are in zones or in the account. */
const targetFields: INodeProperties[] = [
	...showWhen(
		{ method: ['accessRule'] },
		zoneChoiceFields({
			...zoneSelector,
			description: 'Where the blocks that are over are looked for',
			accountText: 'The access rules of the account itself, not those of its zones',
		}),
	),
	{ ...accountField, displayOptions: { show: { method: ['list'] } } },
	{ ...accountField, displayOptions: { show: { method: ['accessRule'], zonesFrom: ['account'] } } },
];

interface SweepRequest extends Request {
	/** Sweeps what no item before has named. @param swept what was swept by now */
	readonly sweep: (swept: Set<string>) => Promise<ItemOutcome>;
}

/** Sends nothing. @throws InputError */
function readRequest(item: Item, place: number): SweepRequest {
	const options = item.collection('options');
	const dryRun = Object.hasOwn(options, 'dryRun') && yesOrNo(options.dryRun, 'Dry Run');
	const isFirst = (swept: Set<string>, ...target: string[]) => {
		const key = JSON.stringify([dryRun, ...target]);
		if (swept.has(key)) return false;
		swept.add(key);
		return true;
	};
	if (readMethod(item) === 'list') {
		checkAccount(item);
		const name = readListName(item);
		const sweep = async (swept: Set<string>) => {
			const account = await accountOf(item);
			if (!isFirst(swept, account, name)) return [];
			return await sweepList(item, { account, name, dryRun });
		};
		return { place, item, sweep };
	}
	const choice = choosePlaces(item, 'accessRule');
	const sweep = async (swept: Set<string>) => {
		const named = await choice.resolve();
		const places = named.filter(({ scope }) => isFirst(swept, scope.path.text));
		return outcomeOfParts(item, await sweepAccessRules(item, { places, dryRun }));
	};
	return { place, item, sweep };
}

/** Where the run ends with an error, nothing else shows what was removed before. */
function tellWhatIsGone(outcomes: readonly ItemOutcome[]): void {
	const failed = outcomes.find((outcome) => 'error' in outcome);
	const gone = outcomes
		.flatMap((outcome) => ('error' in outcome ? [] : outcome))
		.filter(({ outcome }) => outcome === 'removed').length;
	if (!failed || gone === 0) return;
	const removed = number(gone, 'expired block was', 'expired blocks were');
	tellBeside(failed.error, `For them, ${removed} removed.`);
}

export const removeExpired: RunOperation = {
	value: 'removeExpired',
	name: 'Remove Expired',
	action: 'Remove expired IP blocks',
	description:
		'Unblock every IP address whose block is over, by the expiry that Block wrote beside it. Meant for a schedule: needs no input but where to look. Blocks of others and blocks without an expiry stay. Gives one record for each removed block, and none when nothing is over. Safe to repeat.',
	fields: [
		methodField,
		...targetFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Dry Run',
					name: 'dryRun',
					type: 'boolean',
					default: false,
					description:
						'Whether to show what would be removed and the exact requests, without changing anything',
				},
				{
					...listNameOption,
					description:
						'The IP list of the account that holds the addresses, with the method List and Rule. Without such a list there is nothing to do.',
				},
			],
		},
	],
	permission: needs.list,
	permissionBy: { parameter: 'method', needs },
	writes: true,
	// Together, so that a second item with the same target sweeps nothing: it could only report the same blocks twice.
	async executeTogether(items) {
		const outcomes: ItemOutcome[] = items.map(() => []);
		const requests = await readAll(items, outcomes, readRequest);
		const swept = new Set<string>();
		await carryOutEach(
			requests.map((request) => [request]),
			outcomes,
			async ([request]) => new Map([[request, await request.sweep(swept)]]),
		);
		if (items.length > 0 && !items[0].context.continueOnFail()) tellWhatIsGone(outcomes);
		return outcomes;
	},
};
