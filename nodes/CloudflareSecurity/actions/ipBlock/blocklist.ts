import type { INodeProperties } from 'n8n-workflow';
import { InputError, shown } from '../../input/inputError';
import { attemptLists, LIST, listsPath, readLists, type IpList } from '../../ipLists/ipList';
import { IP_KIND } from '../../targets/ipList';
import { failed, type Outcome } from '../../transport/failure';
import type { PathSegment } from '../../transport/path';
import type { Item } from '../item';

const FIELD = 'List Name';
export const DEFAULT_LIST = 'n8n_blocklist';
const DESCRIPTION = 'Addresses that n8n blocks. Their comments say until when.';

/** A member of the options. */
export const listNameOption: INodeProperties = {
	displayName: FIELD,
	name: 'listName',
	type: 'string',
	default: DEFAULT_LIST,
	placeholder: 'e.g. n8n_blocklist',
	description:
		'The IP list of the account that holds the addresses, with the method List and Rule. It is made when there is none; a Free plan has room for one list, so name that one.',
};

/** Sends nothing. @throws InputError */
export function readListName(item: Item): string {
	const { listName = DEFAULT_LIST } = item.collection('options');
	const name = typeof listName === 'string' ? listName.trim().replace(/^\$/, '') : '';
	// Cloudflare docs, "Custom lists", names.
	if (/^[a-z0-9_]{1,50}$/.test(name)) return name;
	throw new InputError(
		FIELD,
		`got ${shown(listName)}`,
		'Small letters, digits and underscores, at most 50',
	);
}

/** @throws InputError when the list is of another kind */
function usable(lists: readonly IpList[], name: string): IpList | undefined {
	const list = lists.find((each) => each.name === name);
	if (!list || list.kind === IP_KIND) return list;
	throw new InputError(
		FIELD,
		`${name} is a list of another kind: ${shown(list.kind)}`,
		'The name of a list of addresses, or one that no list has',
	);
}

/** @throws InputError when it is of another kind, NodeApiError */
export const findBlocklist = async (
	item: Item,
	account: PathSegment,
	name: string,
): Promise<IpList | undefined> => usable(await readLists(item.client, account), name);

/** What makes the list. */
export const creationOf = (account: PathSegment, name: string) => ({
	method: 'POST' as const,
	path: listsPath(account),
	body: { name, kind: IP_KIND, description: DESCRIPTION },
});

/**
 * The list of this name; made when there is none, once, also when several runs make it at the same moment.
 * @returns `created` when it was not there before, so that it holds nothing
 * @throws InputError when it is of another kind, NodeApiError
 */
export async function ensureBlocklist(
	item: Item,
	account: PathSegment,
	name: string,
): Promise<{ list: IpList; created: boolean }> {
	const there = await findBlocklist(item, account, name);
	if (there) return { list: there, created: false };
	const { client } = item;
	const find = async (): Promise<Outcome<IpList | undefined>> => {
		const lists = await attemptLists(client, account);
		if (!lists.ok) return failed(lists.failure);
		const result = usable(lists.envelope.result, name);
		return { ok: true, envelope: { result, resultInfo: {} } };
	};
	const made = await client.attempt<IpList | undefined>({
		...creationOf(account, name),
		expect: LIST,
		readBack: find,
	});
	if (made.ok && made.envelope.result) return { list: made.envelope.result, created: true };
	// Another run may have been first: the API has no code of its own for a name that is taken.
	const found = await find();
	if (found.ok && found.envelope.result) {
		return { list: found.envelope.result, created: !made.ok && made.failure.effectUnknown };
	}
	throw made.ok
		? new InputError(FIELD, `the list ${name} is gone again`, 'A list that stays')
		: client.toError(made.failure);
}
