import type { AuditEvent } from './auditEvent';
import { fieldsOf, millisecondsOf, resultOf, textOf, type Loose } from './fields';

/** What is read of a row, as Cloudflare promises it; the tests compare it with the SDK. */
export interface RowV2 {
	id?: string;
	account?: { id?: string; name?: string };
	action?: { description?: string; result?: string; time?: string; type?: string };
	actor?: {
		context?: string;
		email?: string;
		id?: string;
		ip_address?: string;
		token_id?: string;
		token_name?: string;
		type?: string;
	};
	raw?: {
		cf_ray_id?: string;
		method?: string;
		status_code?: number;
		uri?: string;
		user_agent?: string;
	};
	/** The SDK leaves the type of the scope open: a text, or a record. */
	resource?: { id?: string; product?: string; scope?: unknown; type?: string };
	zone?: { id?: string; name?: string };
}

function statusOf(raw: Loose<RowV2['raw']>): number | null {
	const status = Number(textOf(raw, 'status_code') ?? NaN);
	return Number.isInteger(status) ? status : null;
}

function scopeOf(resource: Loose<RowV2['resource']>): string | null {
	const scope = fieldsOf(resource.scope);
	return textOf(resource, 'scope') ?? textOf(scope, 'type') ?? textOf(scope, 'name');
}

/** The common shape of a row of `GET /accounts/{account_id}/logs/audit`. Takes anything and throws nothing. */
export function eventFromV2(given: unknown): AuditEvent {
	const row = fieldsOf<RowV2>(given);
	const account = fieldsOf<RowV2['account']>(row.account);
	const action = fieldsOf<RowV2['action']>(row.action);
	const actor = fieldsOf<RowV2['actor']>(row.actor);
	const raw = fieldsOf<RowV2['raw']>(row.raw);
	const resource = fieldsOf<RowV2['resource']>(row.resource);
	const zone = fieldsOf<RowV2['zone']>(row.zone);
	const time = textOf(action, 'time');
	return {
		id: textOf(row, 'id'),
		source: 'v2',
		time,
		time_ms: millisecondsOf(time),
		result: resultOf(action.result),
		action_type: textOf(action, 'type'),
		action_description: textOf(action, 'description'),
		actor_id: textOf(actor, 'id'),
		actor_email: textOf(actor, 'email'),
		actor_type: textOf(actor, 'type'),
		actor_ip: textOf(actor, 'ip_address'),
		actor_context: textOf(actor, 'context'),
		credential_id: textOf(actor, 'token_id'),
		credential_name: textOf(actor, 'token_name'),
		resource_id: textOf(resource, 'id'),
		resource_type: textOf(resource, 'type'),
		resource_product: textOf(resource, 'product'),
		resource_scope: scopeOf(resource),
		account_id: textOf(account, 'id'),
		account_name: textOf(account, 'name'),
		zone_id: textOf(zone, 'id'),
		zone_name: textOf(zone, 'name'),
		ray_id: textOf(raw, 'cf_ray_id'),
		method: textOf(raw, 'method'),
		uri: textOf(raw, 'uri'),
		status_code: statusOf(raw),
		user_agent: textOf(raw, 'user_agent'),
		changes: [],
		metadata: null,
	};
}
