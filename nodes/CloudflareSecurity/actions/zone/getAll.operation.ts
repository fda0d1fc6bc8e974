import { limitFields, simplifyField } from '../../descriptions/output';
import { accountField } from '../../descriptions/targets';
import { InputError } from '../../input/inputError';
import { parseAccountId } from '../../targets/account';
import { readLocator } from '../../targets/locator';
import { zoneList, type Zone } from '../../targets/zone';
import type { Query } from '../../transport/client';
import { mapRows, pageNumberRows } from '../../transport/paginate';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { filterText, oneOf } from '../../input/values';
import { presentZone } from './present';
import { filterFields, nameOperators, optionFields, words, zoneTypes } from './zoneFilters';

/** Cloudflare writes the operator in front of the value: contains:example. */
function nameFilter(
	filters: Readonly<Record<string, unknown>>,
	key: 'name' | 'accountName',
	field: string,
): string | undefined {
	const text = filterText(filters, key, field);
	if (text === undefined) return undefined;
	if (text.length > 253) {
		throw new InputError(field, `it has ${text.length} characters`, 'At most 253 characters');
	}
	const operator = oneOf(filters[`${key}Operator`] ?? 'equal', nameOperators, `${field} Operator`);
	// A plain value means equal, unless its own colon would make an operator of its first word.
	return operator === 'equal' && !text.includes(':') ? text : `${operator}:${text}`;
}

function typeFilter(types: unknown): string | undefined {
	if (types === undefined) return undefined;
	const list: unknown[] = Array.isArray(types) ? types : [types];
	// The documented exception to repeated keys.
	return list.map((type) => oneOf(type, zoneTypes, 'Type')).join(',') || undefined;
}

const wordFilter = (value: unknown, key: keyof typeof words, field: string) =>
	value === undefined || value === '' ? undefined : oneOf(value, words[key], field);

function accountFilter(filters: Readonly<Record<string, unknown>>, item: Item): string | undefined {
	if (!Object.hasOwn(filters, 'account')) return undefined;
	const chosen = readLocator(filters.account, 'Account');
	return parseAccountId(chosen?.value, item.connection);
}

function query(item: Item): Query {
	const filters = item.collection('filters');
	const options = item.collection('options');
	return {
		name: nameFilter(filters, 'name', 'Name'),
		'account.id': accountFilter(filters, item),
		'account.name': nameFilter(filters, 'accountName', 'Account Name'),
		status: wordFilter(filters.status, 'status', 'Status'),
		type: typeFilter(filters.type),
		match: wordFilter(filters.match, 'match', 'Match'),
		order: wordFilter(options.order, 'order', 'Sort By'),
		direction: wordFilter(options.direction, 'direction', 'Direction'),
	};
}

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many zones',
	description:
		'Retrieve a list of zones, all of them or those that match filters such as a part of the name',
	fields: [...limitFields, simplifyField, filterFields(accountField), optionFields],
	permission: { zone: permissions.zoneRead },
	async execute(item) {
		const simplify = item.flag('simplify', true);
		return await mapRows(
			pageNumberRows<Zone>(item.client, {
				...zoneList,
				query: query(item),
				limit: item.limit(),
			}),
			(zone) => presentZone(zone, simplify),
		);
	},
};
