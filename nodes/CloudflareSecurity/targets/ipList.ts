import { InputError, shown } from '../input/inputError';
import type { IpList } from '../ipLists/ipList';
import { hexId, type PathSegment } from '../transport/path';
import { readLocator } from './locator';

export const IP_KIND = 'ip';

/** How a list is named. */
export type ListChoice = { id: PathSegment } | { name: string };

const FIELD = 'List';
/** Of the lists that there are, in an error. */
const MOST_NAMED = 10;
const NAME = /^[a-zA-Z0-9_]{1,50}$/;
const HEX_ID = /^[0-9a-f]{32}$/i;

/** Sends nothing. @throws InputError when the field holds neither an ID nor a name */
export function parseList(field: unknown, mistakes: ReadonlyMap<string, string>): ListChoice {
	const chosen = readLocator(field, FIELD);
	if (!chosen) throw new InputError(FIELD, 'nothing was chosen', 'A list');
	const { value, mode } = chosen;
	// An expression or an AI agent gives either without saying which.
	const isId = mode === 'id' || mode === 'list' || (mode !== 'name' && HEX_ID.test(value));
	if (isId) return { id: hexId(value, { field: FIELD, byName: 'choose By Name', mistakes }) };
	// Expressions write $name.
	const name = value.replace(/^\$/, '');
	if (NAME.test(name)) return { name };
	throw new InputError(
		FIELD,
		`got ${shown(value)}`,
		'The name of a list: small letters, digits and underscores, at most 50',
	);
}

/** @throws InputError when no list of addresses is chosen so */
export function pickList(lists: readonly IpList[], choice: ListChoice): IpList {
	const list = lists.find(({ id, name }) =>
		'id' in choice ? id === choice.id : name === choice.name,
	);
	const addressLists = lists.filter(({ kind }) => kind === IP_KIND);
	if (list?.kind === IP_KIND) return list;
	const names = addressLists.map(({ name }) => name).filter((name) => typeof name === 'string');
	names.splice(MOST_NAMED);
	const known = names.length > 0 ? `One of: ${names.join(', ')}` : 'A list; Create makes one';
	if (list) {
		throw new InputError(
			FIELD,
			`${list.name} is a list of another kind: ${shown(list.kind)}`,
			`A list of addresses. ${known}`,
		);
	}
	const what =
		'id' in choice
			? `no list of the account has the ID ${choice.id}`
			: `there is no list named ${choice.name}`;
	throw new InputError(FIELD, what, known);
}
