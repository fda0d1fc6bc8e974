import { id } from './ids.cjs';
import { investigationIds } from './investigationIds.cjs';

const zone = (name: string): string => id('zone', name);

/** Ids of what every fresh sandbox holds. */
export const seedIds = {
	...investigationIds,
	/** Enterprise; owns all zones below. */
	mainAccount: id('account', 'main'),
	/** Standard; owns branch.example and lab.example. */
	secondAccount: id('account', 'second'),
	zones: {
		/** Pro; has a custom-rules entry point with three rules. */
		'example.com': zone('example.com'),
		/** Free; no entry point yet. */
		'example.net': zone('example.net'),
		/** Business. */
		'example.org': zone('example.org'),
		/** Enterprise. */
		'enterprise.example': zone('enterprise.example'),
	},
	/** Zones of the second account: foreign to the account-owned tokens. */
	secondAccountZones: {
		'branch.example': zone('branch.example'),
		'lab.example': zone('lab.example'),
	},
	lists: {
		/** Addresses of the main account, named by a rule of example.com. */
		officeNetwork: id('list', 'office_network'),
	},
	rulesets: {
		/** Custom-rules entry point of example.com. */
		exampleComCustom: id('ruleset', 'example.com/http_request_firewall_custom'),
		/** Managed-rules entry point of example.org. */
		exampleOrgManaged: id('ruleset', 'example.org/http_request_firewall_managed'),
		/** Custom-rules entry point (root) of the main account. */
		accountRoot: id('ruleset', 'main/root'),
		/** Custom ruleset of the main account, deployed by the root. */
		accountCustom: id('ruleset', 'main/custom'),
		// The two real ids, as Cloudflare's documentation names them.
		cloudflareManaged: 'efb7b8c949ac4650a09736fc376e9aee',
		owaspCore: '4814384a9e5d4991b9815dcfc25d2f1f',
	},
} as const;
