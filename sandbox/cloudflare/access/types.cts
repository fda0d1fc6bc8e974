// Source: types of the official SDK 7.3.
export type AccessAppType =
	| 'self_hosted'
	| 'saas'
	| 'ssh'
	| 'vnc'
	| 'app_launcher'
	| 'warp'
	| 'biso'
	| 'bookmark'
	| 'dash_sso'
	| 'infrastructure'
	| 'rdp'
	| 'mcp'
	| 'mcp_portal'
	| 'proxy_endpoint';

export interface AccessPolicy {
	id: string;
	name: string;
	decision: 'allow' | 'deny' | 'non_identity' | 'bypass';
	include: object[];
	exclude: object[];
	require: object[];
	created_at: string;
	updated_at: string;
	/** Absent on the policies of infrastructure applications, as are approvals. */
	precedence?: number;
	[field: string]: unknown;
}

/** What all types have, and each type's own fields. */
export interface AccessApp {
	id: string;
	type: AccessAppType;
	name: string;
	aud: string;
	created_at: string;
	updated_at: string;
	policies: AccessPolicy[];
	domain?: string;
	target_criteria?: Array<{ target_attributes: Record<string, string[]> }>;
	[field: string]: unknown;
}

export interface AccessAppRecord {
	accountId: string;
	/** Set for an application of one zone; the account's list does not show it. */
	zoneId?: string;
	app: AccessApp;
}
