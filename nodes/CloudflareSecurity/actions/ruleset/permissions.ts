import type { Permission } from '../operation';

/** Cloudflare docs, "API token permissions"; other phases have groups of their own. */
export const readRulesets: Permission = {
	zone: 'Zone → Zone WAF → Read',
	account: 'Account → Account WAF → Read',
};

export const editRulesets: Permission = {
	zone: 'Zone → Zone WAF → Edit',
	account: 'Account → Account WAF → Edit',
};
