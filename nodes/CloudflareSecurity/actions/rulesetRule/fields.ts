import type { Item } from '../item';

/** Where a part of a rule reads its fields: the form itself, or the members of a collection in it. */
export type Fields = Pick<Item, 'value' | 'collection' | 'flag' | 'scopeKind' | 'mistakes'>;

type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a collection, read as if they were fields of the form. */
export function membersOf(item: Item, members: unknown): Fields {
	const given: Members = isMembers(members) ? members : {};
	const value = (name: string, fallback: unknown = undefined) =>
		Object.hasOwn(given, name) ? given[name] : fallback;
	return {
		value,
		collection: (name) => {
			const found = value(name, {});
			return isMembers(found) ? found : {};
		},
		flag: (name, fallback = false) => [true, 'true'].includes(value(name, fallback) as never),
		scopeKind: () => item.scopeKind(),
		mistakes: () => item.mistakes(),
	};
}
