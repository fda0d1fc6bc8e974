import type { Change } from './changes';

/** Which of the two audit log APIs an event comes from. */
export type AuditSource = 'v1' | 'v2';

/**
 * One audit event in the same shape for both APIs. Every event has every key; what the API did not say is null. The keys
 * are flat and named as in the API, so that they fit into tables and conditions.
 */
export interface AuditEvent {
	id: string | null;
	/** The API that it comes from. */
	source: AuditSource;
	/** When it happened, in ISO 8601 as the API gave it. */
	time: string | null;
	/** The same in milliseconds since 1970. */
	time_ms: number | null;
	result: 'success' | 'failure' | null;
	/** v2: create, delete, update, view, login. v1: words of each product, such as rec_add or change_setting. */
	action_type: string | null;
	action_description: string | null;
	/** Who did it. */
	actor_id: string | null;
	actor_email: string | null;
	actor_type: string | null;
	actor_ip: string | null;
	/** How: api, api_key, api_token, dash, oauth, origin_ca_key. v1 knows api and dash only. */
	actor_context: string | null;
	/** The API token that was used (v2). */
	credential_id: string | null;
	credential_name: string | null;
	/** To what it was done. */
	resource_id: string | null;
	resource_type: string | null;
	resource_product: string | null;
	resource_scope: string | null;
	account_id: string | null;
	account_name: string | null;
	zone_id: string | null;
	zone_name: string | null;
	/** The request at Cloudflare's API (v2). */
	ray_id: string | null;
	method: string | null;
	uri: string | null;
	status_code: number | null;
	user_agent: string | null;
	/** What changed, field by field (v1; for v2 see the change history). */
	changes: Change[];
	/** What else v1 says, in a shape of each product's own. */
	metadata: Readonly<Record<string, unknown>> | null;
}
