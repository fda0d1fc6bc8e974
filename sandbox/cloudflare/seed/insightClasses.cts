import type { IssueType, Severity } from '../insights/types.cjs';

/** A kind of finding, as the dashboard words it. */
export interface InsightClass {
	name: string;
	type: IssueType;
	severity: Severity;
	product: string;
	/** What the dashboard offers as the remedy. */
	remedy: string;
	/** Where in the dashboard, below the account or the zone. */
	page: string;
	detection: string;
	/** The host that it is about, before the zone's name. */
	host?: string;
	/** It is about the account, not about one of its zones. */
	ofAccount?: boolean;
}

type Row = [
	name: string,
	type: IssueType,
	severity: Severity,
	product: string,
	remedy: string,
	page: string,
	more?: Pick<InsightClass, 'host' | 'ofAccount'>,
];

// Source of the names: the security_insights_alert filter of Cloudflare's alerts, and the API reference.
// Which type and severity a class has is not published: a plausible choice.
const ROWS: Row[] = [
	[
		'a_record_dangling',
		'exposed_infrastructure',
		'Critical',
		'dns',
		'Review A record',
		'dns/records',
		{ host: 'old-shop.' },
	],
	['dmarc', 'email_security', 'Moderate', 'email', 'Configure DMARC', 'email/dmarc-management'],
	[
		'hsts_not_enabled',
		'insecure_configuration',
		'Low',
		'ssl',
		'Enable HSTS',
		'ssl-tls/edge-certificates',
	],
	[
		'rdp_server_exposed',
		'exposed_infrastructure',
		'Critical',
		'access',
		'Protect with Access',
		'dns/records',
		{ host: 'rdp.' },
	],
	[
		'access_setup_incomplete',
		'weak_authentication',
		'Moderate',
		'access',
		'Finish the set-up of Access',
		'access',
		{ ofAccount: true },
	],
	[
		'aaaa_record_dangling',
		'exposed_infrastructure',
		'Critical',
		'dns',
		'Review AAAA record',
		'dns/records',
		{ host: 'ipv6.' },
	],
	[
		'cname_record_dangling',
		'exposed_infrastructure',
		'Critical',
		'dns',
		'Review CNAME record',
		'dns/records',
		{ host: 'campaign.' },
	],
	[
		'always_use_https_not_enabled',
		'insecure_configuration',
		'Moderate',
		'ssl',
		'Enable Always Use HTTPS',
		'ssl-tls/edge-certificates',
	],
	[
		'tls_not_enabled',
		'insecure_configuration',
		'Critical',
		'ssl',
		'Enable TLS encryption',
		'ssl-tls',
	],
	[
		'tls_version_old',
		'compliance_violation',
		'Moderate',
		'ssl',
		'Raise the minimum TLS version',
		'ssl-tls/edge-certificates',
	],
	[
		'waf_not_enabled',
		'configuration_suggestion',
		'Moderate',
		'waf',
		'Deploy managed rules',
		'security/waf',
	],
	[
		'managed_rules_old',
		'configuration_suggestion',
		'Low',
		'waf',
		'Migrate to new managed rules',
		'security/waf',
	],
	[
		'mr_log_mode',
		'configuration_suggestion',
		'Low',
		'waf',
		'Let managed rules block',
		'security/waf/managed-rules',
	],
	[
		'no_ip_list',
		'configuration_suggestion',
		'Low',
		'waf',
		'Use managed IP lists',
		'configurations/lists',
		{ ofAccount: true },
	],
	[
		'ddos_protection_not_in_force',
		'insecure_configuration',
		'Critical',
		'ddos',
		'Restore DDoS protection',
		'security/ddos',
	],
	[
		'missing_auth_on_endpoint',
		'weak_authentication',
		'Critical',
		'api_shield',
		'Review endpoint',
		'security/api-shield',
		{ host: 'api.' },
	],
	[
		'mixed_auth_on_endpoint',
		'weak_authentication',
		'Moderate',
		'api_shield',
		'Review endpoint',
		'security/api-shield',
		{ host: 'api.' },
	],
	[
		'api_endpoints_not_managed',
		'configuration_suggestion',
		'Low',
		'api_shield',
		'Save endpoints',
		'security/api-shield',
		{ host: 'api.' },
	],
	[
		'access_policy_insecure',
		'weak_authentication',
		'Critical',
		'access',
		'Review Access policy',
		'access',
		{ host: 'intranet.' },
	],
	[
		'access_identity_provider_integration',
		'weak_authentication',
		'Moderate',
		'access',
		'Connect an identity provider',
		'access',
		{ ofAccount: true },
	],
	[
		'page_shield_not_enabled',
		'compliance_violation',
		'Moderate',
		'page_shield',
		'Enable the script monitor',
		'security/page-shield',
	],
	[
		'page_shield_alerts_missing',
		'compliance_violation',
		'Low',
		'page_shield',
		'Create an alert',
		'notifications',
	],
	[
		'no_turnstile_enabled',
		'configuration_suggestion',
		'Low',
		'turnstile',
		'Add Turnstile',
		'turnstile',
		{ ofAccount: true },
	],
	['no_block_ai_bots', 'configuration_suggestion', 'Low', 'bots', 'Block AI bots', 'security/bots'],
	[
		'manage_bot_fight_mode',
		'insecure_configuration',
		'Moderate',
		'bots',
		'Enable Bot Fight Mode',
		'security/bots',
	],
	[
		'casb_findings',
		'compliance_violation',
		'Critical',
		'casb',
		'Review findings',
		'casb',
		{ ofAccount: true },
	],
];

const DETECTION: Partial<Record<string, string>> = {
	dns: 'Resolved the record and found nothing of this account behind it',
	ssl: 'Read the zone settings',
	api_shield: 'Sampled the traffic of the zone',
};

export const INSIGHT_CLASSES: readonly InsightClass[] = ROWS.map(
	([name, type, severity, product, remedy, page, more]) => ({
		name,
		type,
		severity,
		product,
		remedy,
		page,
		detection: DETECTION[product] ?? 'Read the configuration',
		...more,
	}),
);
