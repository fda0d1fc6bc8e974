import { InputError } from '../../input/inputError';
import { optionalText } from '../../input/values';
import { permissions } from '../../permissions';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { addBatch } from './addBatch';
import { addressesField, readAddresses } from './addresses';
import { listFields, optionsField } from './listField';
import { writeTogether, type WishFields } from './together';

/** Not documented: what other texts of lists may have. */
const MAX_COMMENT_LENGTH = 500;

function readComment(item: Item): string | undefined {
	const fields = item.collection('additionalFields');
	if (!Object.hasOwn(fields, 'comment')) return undefined;
	const comment = optionalText(fields.comment, 'Comment') ?? '';
	if (comment.length <= MAX_COMMENT_LENGTH) return comment;
	throw new InputError(
		'Comment',
		`got ${comment.length} characters`,
		`At most ${MAX_COMMENT_LENGTH} characters`,
	);
}

function readWish(item: Item): WishFields {
	const comment = readComment(item);
	return { values: readAddresses(item), ...(comment === undefined ? {} : { comment }) };
}

export const addItems: Operation = {
	value: 'addItems',
	name: 'Add Items',
	action: 'Add items to IP list',
	description:
		'Add IP addresses or networks to a list; the other items stay. Each address gives one result: added, alreadyThere or commentUpdated. Returns when Cloudflare has carried out the write and the list shows it.',
	fields: [
		...listFields,
		addressesField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Comment',
					name: 'comment',
					type: 'string',
					default: '',
					placeholder: 'e.g. Credential stuffing, case 4711',
					description:
						'A note on the addresses. Also replaces that of addresses that are in the list already; left out, those keep theirs.',
				},
			],
		},
		optionsField(),
	],
	permission: { account: permissions.filterListsEdit },
	writes: true,
	executeTogether: async (items) => await writeTogether(items, readWish, addBatch),
};
