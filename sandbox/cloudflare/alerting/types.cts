/** One dispatch of an alert to one destination. Source: types of the official SDK 7.3 and the OpenAPI document. */
export interface AlertRecord {
	id: string;
	name: string;
	description: string;
	alert_type: string;
	/** JSON as text, plain text, or an object: the official example differs from the official type. */
	alert_body: string | Record<string, unknown>;
	mechanism: string;
	mechanism_type: 'email' | 'pagerduty' | 'webhook';
	policy_id: string;
	sent: string;
}

export interface AlertPolicy {
	id: string;
	name: string;
	description: string;
	enabled: boolean;
	alert_type: string;
	alert_interval?: string;
	filters: Record<string, string[]>;
	mechanisms: Record<'email' | 'webhooks' | 'pagerduty', Array<{ id: string }>>;
	created: string;
	modified: string;
}

/** Account → what it was told, newest first, and what it wants to be told. */
export interface Alerting {
	history: Map<string, AlertRecord[]>;
	policies: Map<string, AlertPolicy[]>;
}
