import type { ListStore } from '../lists/store.cjs';
import { seedIds } from './seedIds.cjs';

const CREATED = '2025-03-17T09:12:44Z';

/** The lists of a fresh sandbox. */
export function seedLists(lists: ListStore): void {
	const office = lists.add(
		{
			accountId: seedIds.mainAccount,
			name: 'office_network',
			kind: 'ip',
			description: 'Where our people work',
		},
		seedIds.lists.officeNetwork,
		CREATED,
	);
	lists.fill(office, ['192.0.2.0/28', '2001:db8:ff1::/48'], 'Head office');
}
