import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { textList } from '../../input/textList';
import { parseListAddress } from '../../ipLists/listAddress';
import type { Item } from '../item';

const FIELD = 'Addresses';

export const addressesField: INodeProperties = {
	displayName: 'Addresses',
	name: 'addresses',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. 203.0.113.7, 2001:db8::/64',
	description:
		'IP addresses or networks (IPv4 from /8, IPv6 from /12), separated by commas, blanks or lines, or a list from an expression. All input items that go to one list become one write.',
};

/** Each value once, as lists keep it. Sends nothing. @throws InputError that names the first that cannot be used */
export function readAddresses(item: Item): string[] {
	const given = textList(item.value('addresses', ''), { field: FIELD, separator: /[\s,;]+/ });
	if (given.length === 0) throw new InputError(FIELD, 'got nothing', 'At least one address');
	return [...new Set(given.map((text) => parseListAddress(text, FIELD)))];
}
