import { limitFields, simplifyField } from '../../descriptions/output';
import { accountField } from '../../descriptions/targets';
import { InputError, shown } from '../../inputError';
import { resolveAccount } from '../../targets/account';
import { readLocator } from '../../targets/locator';
import { zonePageSize, type Zone } from '../../targets/zone';
import type { Query } from '../../transport/client';
import { collect, pageNumberRows } from '../../transport/paginate';
import { apiPath, oneOf } from '../../transport/path';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { presentZone } from './present';
import { filterFields, nameOperators, optionFields, words, zoneTypes } from './zoneFilters';

/** Cloudflare writes the operator in front of the value: contains:example. */
function nameFilter(name: unknown, operator: unknown, field: string): string | undefined {
	if (name === undefined || name === '') return undefined;
	if (typeof name !== 'string' || name.trim() === '' || name.length > 253) {
		throw new InputError(field, `got ${shown(name)}`, 'A text of at most 253 characters');
	}
	const chosen = oneOf(operator ?? 'equal', nameOperators, `${field} Operator`);
	if (field === 'Name' && name.includes(':')) {
		throw new InputError(
			field,
			`got ${shown(name)}`,
			'A domain name or a part of one, without a colon',
		);
	}
	// A plain value means equal, unless its own colon would make an operator of its first word.
	return chosen === 'equal' && !name.includes(':') ? name.trim() : `${chosen}:${name.trim()}`;
}

function typeFilter(types: unknown): string | undefined {
	if (types === undefined) return undefined;
	const list: unknown[] = Array.isArray(types) ? types : [types];
	// The documented exception to repeated keys.
	return list.map((type) => oneOf(type, zoneTypes, 'Type')).join(',') || undefined;
}

const wordFilter = (value: unknown, key: keyof typeof words, field: string) =>
	value === undefined || value === '' ? undefined : oneOf(value, words[key], field);

async function query(item: Item): Promise<Query> {
	const filters = item.collection('filters');
	const options = item.collection('options');
	return {
		name: nameFilter(filters.name, filters.nameOperator, 'Name'),
		'account.id': readLocator(filters.account, 'Account')
			? await resolveAccount(item.connection, filters.account)
			: undefined,
		'account.name': nameFilter(filters.accountName, filters.accountNameOperator, 'Account Name'),
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
	permission: { zone: 'Zone → Zone → Read' },
	async execute(item) {
		const zones = await collect(
			pageNumberRows<Zone>(item.client, {
				path: apiPath`/zones`,
				query: await query(item),
				pageSize: zonePageSize,
				limit: item.limit(),
			}),
		);
		const simplify = item.flag('simplify', true);
		return zones.map((zone) => presentZone(zone, simplify));
	},
};
