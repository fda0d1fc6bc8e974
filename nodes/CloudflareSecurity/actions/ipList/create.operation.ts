import type { IDataObject } from 'n8n-workflow';
import { accountField } from '../../descriptions/targets';
import { InputError, shown } from '../../input/inputError';
import { optionalText } from '../../input/values';
import { attemptLists, LIST, listsPath, readLists, type IpList } from '../../ipLists/ipList';
import { permissions } from '../../permissions';
import { IP_KIND } from '../../targets/ipList';
import type { Outcome } from '../../transport/failure';
import { accountOf, checkAccount } from '../accountTarget';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { optionsField, readOption } from './listField';

const MAX_DESCRIPTION_LENGTH = 500;

function readName(item: Item): string {
	const value = item.value('name', '');
	const name = typeof value === 'string' ? value.trim() : '';
	// Cloudflare docs, "Custom lists", names: expressions write it as $name.
	if (/^[a-z0-9_]{1,50}$/.test(name)) return name;
	throw new InputError(
		'Name',
		`got ${shown(value)}`,
		'Small letters, digits and underscores, at most 50',
	);
}

function readDescription(item: Item): string {
	const text = optionalText(item.value('description', ''), 'Description') ?? '';
	if (text.length <= MAX_DESCRIPTION_LENGTH) return text;
	throw new InputError(
		'Description',
		`got ${text.length} characters`,
		`At most ${MAX_DESCRIPTION_LENGTH} characters`,
	);
}

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create IP list',
	description:
		'Create an empty IP list, which rules use as $name. A list that exists already is refused. Free plans have room for one list.',
	fields: [
		accountField,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. n8n_blocklist',
			description: 'Small letters, digits and underscores. It cannot be changed later.',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Addresses that playbooks block',
			description: 'What the list is for, as the dashboard shows it. May be left empty.',
		},
		optionsField(),
	],
	permission: { account: permissions.filterListsEdit },
	writes: true,
	async execute(item) {
		const body = { name: readName(item), kind: IP_KIND, description: readDescription(item) };
		const dryRun = readOption(item, 'dryRun', 'Dry Run');
		checkAccount(item);
		const account = await accountOf(item);
		const { client } = item;
		const path = listsPath(account);
		const named = (lists: readonly IpList[]) => lists.find(({ name }) => name === body.name);
		const there = named(await readLists(client, account));
		if (there) {
			throw new InputError(
				'Name',
				`there is a list ${body.name} already, of the kind ${there.kind} with ${there.num_items ?? 0} items and the ID ${there.id}`,
				'A name that no list has',
			);
		}
		if (dryRun) {
			const effect = `An empty list ${body.name} would be created`;
			return [{ dryRun, effect, request: { method: 'POST', path: path.text, body } }];
		}
		// No two lists have one name, and a moment ago none had this one.
		const readBack = async (): Promise<Outcome<IpList | undefined>> => {
			const lists = await attemptLists(client, account);
			if (!lists.ok) return lists;
			const found = named(lists.envelope.result);
			const isOurs = found?.kind === IP_KIND && (found.description ?? '') === body.description;
			return { ok: true, envelope: { result: isOurs ? found : undefined, resultInfo: {} } };
		};
		const request = { method: 'POST', path, body, expect: LIST, readBack } as const;
		const { result } = await client.send<IpList>(request);
		return [{ ...(result as IDataObject) }];
	},
};
