import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { listPath, readItems } from '../../ipLists/ipList';
import { permissions } from '../../permissions';
import { hasCode } from '../../transport/failure';
import type { Operation } from '../operation';
import { findList, listFields, optionsField, readListChoice, readOption } from './listField';

/** Source: answers quoted in public issues: `filters.api.ip_list_in_use`. */
const IN_USE = 10031;

export const deleteList: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete IP list',
	description:
		'Delete an IP list with all its items for good. Refused by Cloudflare while rules use it, disabled ones too. The output holds the list as it was.',
	fields: [
		...listFields,
		optionsField({
			displayName: 'Include Items',
			name: 'includeItems',
			type: 'boolean',
			default: false,
			description:
				'Whether to return the items that the list had, so that a later step can add them again',
		}),
	],
	permission: { account: permissions.filterListsEdit },
	writes: true,
	async execute(item) {
		const choice = readListChoice(item);
		const dryRun = readOption(item, 'dryRun', 'Dry Run');
		const includeItems = readOption(item, 'includeItems', 'Include Items');
		const { account, list } = await findList(item, choice);
		const { client } = item;
		const items = includeItems ? await readItems(client, account, list.id) : undefined;
		const before = { ...list, ...(items ? { items } : {}) } as IDataObject;
		const path = listPath(account, list.id);
		const { name, num_items: size = 0, num_referencing_filters: users = 0 } = list;
		if (dryRun) {
			const effect =
				users > 0
					? `Cloudflare would refuse it: ${users} rules use $${name}`
					: `The list ${name} with ${size} items would be deleted`;
			return [{ dryRun, effect, request: { method: 'DELETE', path: path.text }, list: before }];
		}
		const outcome = await client.attempt<unknown>({ method: 'DELETE', path, expect: 'nothing' });
		if (!outcome.ok && hasCode(outcome.failure, IN_USE)) {
			throw new InputError(
				'List',
				`${users > 0 ? `${users} rules use` : 'a rule uses'} $${name}, so Cloudflare does not delete it`,
				'A list that no rule names, not even a disabled one; Cloudflare does not say which rules those are',
			);
		}
		// It was there a moment ago: an earlier try, or somebody else, has deleted it.
		const isGone = !outcome.ok && outcome.failure.kind === 'notFound';
		if (!isGone) client.unwrap(outcome);
		return [{ deleted: true, list: before }];
	},
};
