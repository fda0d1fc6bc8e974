import type { Requirement } from './permissions.cjs';

const ask = (
	style: Requirement['style'],
	anyOf: readonly string[],
	access: Requirement['access'],
): Requirement => ({ style, anyOf, access });

const LISTS = '/accounts/:account_id/rules/lists';
const ITEMS = `${LISTS}/:list_id/items`;
// The second is the older name of the first.
const LIST_GROUPS = ['Account Rule Lists', 'Account Filter Lists'];
const readLists = ask('product', LIST_GROUPS, 'Read');
const writeLists = ask('product', LIST_GROUPS, 'Write');

function accessRules(scope: string, style: Requirement['style'], group: string) {
	const base = `${scope}/firewall/access_rules/rules`;
	const [read, write] = [ask(style, [group], 'Read'), ask(style, [group], 'Write')];
	return {
		[`GET ${base}`]: read,
		[`POST ${base}`]: write,
		[`PATCH ${base}/:rule_id`]: write,
		[`DELETE ${base}/:rule_id`]: write,
		// Source: SDK 7.3 for accounts and zones; for users it is not documented.
		...(style === 'product' && { [`GET ${base}/:rule_id`]: read }),
	};
}

/** What lists and IP access rules ask of the credential. */
export const BLOCKING_REQUIREMENTS: Readonly<Record<string, Requirement>> = {
	[`GET ${LISTS}`]: readLists,
	[`POST ${LISTS}`]: writeLists,
	[`GET ${LISTS}/bulk_operations/:operation_id`]: readLists,
	[`GET ${LISTS}/:list_id`]: readLists,
	[`PUT ${LISTS}/:list_id`]: writeLists,
	[`DELETE ${LISTS}/:list_id`]: writeLists,
	[`GET ${ITEMS}`]: readLists,
	[`POST ${ITEMS}`]: writeLists,
	[`PUT ${ITEMS}`]: writeLists,
	[`DELETE ${ITEMS}`]: writeLists,
	[`GET ${ITEMS}/:item_id`]: readLists,
	...accessRules('/accounts/:account_id', 'product', 'Account Firewall Access Rules'),
	...accessRules('/zones/:zone_id', 'product', 'Firewall Services'),
	// The name of the group is a stand-in.
	...accessRules('/user', 'user', 'User Firewall Access Rules'),
};
