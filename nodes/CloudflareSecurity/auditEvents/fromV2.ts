import type { AuditEvent } from './auditEvent';
import { fieldsOf, millisecondsOf, resultOf, textOf, type Fields } from './fields';

function statusOf(raw: Fields): number | null {
	const status = Number(textOf(raw, 'status_code') ?? NaN);
	return Number.isInteger(status) ? status : null;
}

/** The SDK leaves its type open: a text, or a record. */
function scopeOf(resource: Fields): string | null {
	const scope = fieldsOf(resource.scope);
	return textOf(resource, 'scope') ?? textOf(scope, 'type') ?? textOf(scope, 'name');
}

/** The common shape of a row of `GET /accounts/{account_id}/logs/audit`. Takes anything and throws nothing. */
export function eventFromV2(given: unknown): AuditEvent {
	const row = fieldsOf(given);
	const account = fieldsOf(row.account);
	const action = fieldsOf(row.action);
	const actor = fieldsOf(row.actor);
	const raw = fieldsOf(row.raw);
	const resource = fieldsOf(row.resource);
	const zone = fieldsOf(row.zone);
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
