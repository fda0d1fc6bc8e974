// Source: types of the official SDK 7.3.
export const ISSUE_TYPES = [
	'compliance_violation',
	'email_security',
	'exposed_infrastructure',
	'insecure_configuration',
	'weak_authentication',
	'configuration_suggestion',
] as const;
export type IssueType = (typeof ISSUE_TYPES)[number];

/** As answers write them; queries take them in lower case. */
export type Severity = 'Low' | 'Moderate' | 'Critical';
export const SEVERITIES = ['low', 'moderate', 'critical'] as const;

export const CLASSIFICATIONS = ['false_positive', 'accept_risk', 'other'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export interface Insight {
	id: string;
	issue_class: string;
	issue_type: IssueType;
	severity: Severity;
	subject: string;
	status: 'active' | 'resolved';
	dismissed: boolean;
	since: string;
	timestamp: string;
	resolve_link: string;
	resolve_text: string;
	payload: { detection_method: string; zone_tag?: string };
	has_extended_context: boolean;
	user_classification: Classification | null;
}

/** One change in an insight's own history. */
export interface InsightChange {
	/** A UUID of version 7, so that ids sort by time. */
	id: string;
	issue_id: string;
	changed_at: string;
	changed_by: string;
	field_changed: 'status' | 'user_classification';
	previous_value: string | null;
	current_value: string | null;
	rationale: string | null;
}

/** An insight with what its answer does not show. */
export interface InsightRecord {
	accountId: string;
	/** Absent when the insight is about the account itself. */
	zoneId?: string;
	product: string;
	insight: Insight;
	/** The full payload, when it is too large for the list. */
	context?: Record<string, unknown>;
	/** Oldest first. */
	history: InsightChange[];
}
