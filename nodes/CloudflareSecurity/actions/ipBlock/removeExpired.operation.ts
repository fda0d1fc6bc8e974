import type { IDataObject, INodeProperties } from 'n8n-workflow';
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
import { tellBeside } from './placeFailures';
import { sweepAccessRules } from './sweepAccessRules';
import { sweepList } from './sweepList';

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
			displayName: 'In',
			description: 'Where the blocks that are over are looked for',
			accountText: 'The access rules of the account itself, not those of its zones',
		}),
	),
	{ ...accountField, displayOptions: { show: { method: ['list'] } } },
	{ ...accountField, displayOptions: { show: { method: ['accessRule'], zonesFrom: ['account'] } } },
];

/** Something to sweep once in a run, for the first item that names it. */
type Sweep = (swept: Set<string>) => Promise<IDataObject[]>;

/** Sends nothing. @throws InputError */
function readSweep(item: Item): Sweep {
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
		return async (swept) => {
			const account = await accountOf(item);
			if (!isFirst(swept, account, name)) return [];
			return await sweepList(item, { account, name, dryRun });
		};
	}
	const choice = choosePlaces(item, 'accessRule');
	return async (swept) => {
		const named = await choice.resolve();
		const places = named.filter(({ scope }) => isFirst(swept, scope.path.text));
		return await sweepAccessRules(item.client, { places, isSingle: choice.isSingle, dryRun });
	};
}

/** The run ends with an error, and what was removed before would be shown nowhere else. */
function tellWhatIsGone(error: unknown, outcomes: readonly ItemOutcome[]): void {
	const gone = outcomes
		.flatMap((outcome) => (Array.isArray(outcome) ? outcome : []))
		.filter(({ outcome }) => outcome === 'removed').length;
	if (gone > 0)
		tellBeside(error, `Before it, ${gone} expired blocks were removed for other items.`);
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
		const mayGoOn = (item: Item) => item.context.continueOnFail();
		const sweeps: Array<{ place: number; item: Item; sweep: Sweep }> = [];
		for (const [place, item] of items.entries()) {
			try {
				sweeps.push({ place, item, sweep: readSweep(item) });
			} catch (error) {
				outcomes[place] = { error };
				// The run ends with this error: nothing is to be removed before.
				if (!mayGoOn(item)) return outcomes;
			}
		}
		const swept = new Set<string>();
		for (const { place, item, sweep } of sweeps) {
			try {
				outcomes[place] = await sweep(swept);
			} catch (error) {
				if (!mayGoOn(item)) tellWhatIsGone(error, outcomes);
				outcomes[place] = { error };
				if (!mayGoOn(item)) break;
			}
		}
		return outcomes;
	},
};
