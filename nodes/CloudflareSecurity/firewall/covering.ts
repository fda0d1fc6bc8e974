import { ACCESS_RULE_PREFIXES, accessRuleTarget, type AccessRuleTarget } from './accessRuleTarget';
import { ADDRESS_BITS, formatNetwork, type IpNetwork } from './ipAddress';
import { WIDEST_LIST_ITEM } from './listItem';
import { unmapped, widenTo } from './network';

/** The values of all list items that would contain a network, as lists write them; the widest first. */
export function coveringListItems(network: IpNetwork): string[] {
	const plain = unmapped(network);
	const widest = WIDEST_LIST_ITEM[plain.version];
	const count = Math.max(0, plain.prefix - widest + 1);
	return Array.from({ length: count }, (_, index) => formatNetwork(widenTo(plain, widest + index)));
}

/** The targets of all access rules that would contain a network, the widest first. */
export function coveringAccessRules(network: IpNetwork): AccessRuleTarget[] {
	const plain = unmapped(network);
	const prefixes = [...ACCESS_RULE_PREFIXES[plain.version], ADDRESS_BITS[plain.version]];
	return prefixes
		.filter((prefix) => prefix <= plain.prefix)
		.map((prefix) => accessRuleTarget(widenTo(plain, prefix)))
		.filter((target) => 'target' in target);
}
