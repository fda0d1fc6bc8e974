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
import { filterList, filterText, filterWord } from '../../input/values';
import { presentZone } from './present';
import { filterFields, nameOperators, optionFields, words, zoneTypes } from './zoneFilters';

/** Cloudflare writes the operator in front of the value: contains:example. */
function nameFilter(
	filters: Readonly<Record<string, unknown>>,
	key: 'name' | 'accountName',
	field: string,
): string | undefined {
	const text = filterText(filters, key, field);
	const operator =
		filterWord(filters, `${key}Operator`, `${field} Operator`, nameOperators) ?? 'equal';
	if (text === undefined) return undefined;
	if (text.length > 253) {
		throw new InputError(field, `it has ${text.length} characters`, 'At most 253 characters');
	}
	// A plain value means equal, unless its own colon would make an operator of its first word.
	return operator === 'equal' && !text.includes(':') ? text : `${operator}:${text}`;
}

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
		status: filterWord(filters, 'status', 'Status', words.status),
		// The documented exception to repeated keys.
		type: filterList(filters, 'type', 'Type', zoneTypes)?.join(','),
		match: filterWord(filters, 'match', 'Match', words.match),
		order: filterWord(options, 'order', 'Sort By', words.order),
		direction: filterWord(options, 'direction', 'Direction', words.direction),
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
