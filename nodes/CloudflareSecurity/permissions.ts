/**
 * Rights of a token as the dashboard offers them: level → group → right. Edit includes Read.
 * Source: Cloudflare docs, "API token permissions". The permission check has a line for each.
 */
export const permissions = {
	accessAccountRead: 'Account → Access: Apps and Policies → Read',
	accessZoneRead: 'Zone → Access: Apps and Policies → Read',
	accessRulesAccountEdit: 'Account → Account Firewall Access Rules → Edit',
	accessRulesAccountRead: 'Account → Account Firewall Access Rules → Read',
	accessRulesZoneEdit: 'Zone → Firewall Services → Edit',
	accessRulesZoneRead: 'Zone → Firewall Services → Read',
	accountSettingsRead: 'Account → Account Settings → Read',
	accountWafEdit: 'Account → Account WAF → Edit',
	accountWafRead: 'Account → Account WAF → Read',
	cachePurge: 'Zone → Cache Purge → Purge',
	dnsEdit: 'Zone → DNS → Edit',
	dnsRead: 'Zone → DNS → Read',
	filterListsEdit: 'Account → Account Filter Lists → Edit',
	filterListsRead: 'Account → Account Filter Lists → Read',
	insightsAccountEdit: 'Account → Security Center Insights → Edit',
	insightsAccountRead: 'Account → Security Center Insights → Read',
	insightsZoneEdit: 'Zone → Security Center Insights → Edit',
	insightsZoneRead: 'Zone → Security Center Insights → Read',
	notificationsRead: 'Account → Notifications → Read',
	zoneRead: 'Zone → Zone → Read',
	zoneSettingsEdit: 'Zone → Zone Settings → Edit',
	zoneSettingsRead: 'Zone → Zone Settings → Read',
	zoneWafEdit: 'Zone → Zone WAF → Edit',
	zoneWafRead: 'Zone → Zone WAF → Read',
} as const;

export type PermissionName = (typeof permissions)[keyof typeof permissions];

/** What an operation needs, for each scope that it has; none when it needs nothing but a good credential. */
export type Permission = Readonly<Partial<Record<'zone' | 'account', PermissionName>>>;

/** Phases other than the WAF's have groups of their own. */
export const readRulesets: Permission = {
	zone: permissions.zoneWafRead,
	account: permissions.accountWafRead,
};

export const editRulesets: Permission = {
	zone: permissions.zoneWafEdit,
	account: permissions.accountWafEdit,
};

export const readAccessRules: Permission = {
	zone: permissions.accessRulesZoneRead,
	account: permissions.accessRulesAccountRead,
};

export const editAccessRules: Permission = {
	zone: permissions.accessRulesZoneEdit,
	account: permissions.accessRulesAccountEdit,
};
