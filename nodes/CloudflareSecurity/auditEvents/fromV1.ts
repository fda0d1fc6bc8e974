import type { AuditEvent } from './auditEvent';
import { changesBetween } from './changes';
import { fieldsOf, millisecondsOf, resultOf, textOf, type Loose } from './fields';

/** What is read of a row, as Cloudflare promises it; the tests compare it with the SDK. */
export interface RowV1 {
	id?: string;
	action?: { info?: string; result?: boolean; type?: string };
	actor?: { email?: string; id?: string; ip?: string; type?: string };
	interface?: string;
	/** A record of each product's own. */
	metadata?: unknown;
	newValue?: string;
	newValueJson?: Readonly<Record<string, unknown>>;
	oldValue?: string;
	oldValueJson?: Readonly<Record<string, unknown>>;
	resource?: { id?: string; type?: string };
	when?: string;
}

/** v1 calls the dashboard UI. */
const interfaces: Readonly<Record<string, string>> = { ui: 'dash', api: 'api' };

function contextOf(row: Loose<RowV1>): string | null {
	const word = textOf(row, 'interface')?.toLowerCase();
	if (word === undefined) return null;
	return Object.hasOwn(interfaces, word) ? interfaces[word] : word;
}

/** Some products send the values as records too, with the texts empty (Cloudflare docs, "AI Gateway audit logs"). */
function valueOf(row: Loose<RowV1>, key: 'oldValue' | 'newValue'): unknown {
	const record = fieldsOf(row[`${key}Json`]);
	return Object.keys(record).length > 0 ? record : row[key];
}

/**
 * The common shape of a row of `GET /accounts/{account_id}/audit_logs`. Takes anything and throws nothing.
 * @param accountId the account that was asked: the row's `owner` is a user
 */
export function eventFromV1(raw: unknown, accountId: string | null = null): AuditEvent {
	const row = fieldsOf<RowV1>(raw);
	const action = fieldsOf<RowV1['action']>(row.action);
	const actor = fieldsOf<RowV1['actor']>(row.actor);
	const resource = fieldsOf<RowV1['resource']>(row.resource);
	const metadata = fieldsOf(row.metadata);
	const time = textOf(row, 'when');
	const type = textOf(resource, 'type');
	const id = textOf(resource, 'id');
	return {
		id: textOf(row, 'id'),
		source: 'v1',
		time,
		time_ms: millisecondsOf(time),
		result: resultOf(action.result),
		action_type: textOf(action, 'type'),
		action_description: textOf(action, 'info'),
		actor_id: textOf(actor, 'id'),
		actor_email: textOf(actor, 'email'),
		actor_type: textOf(actor, 'type'),
		actor_ip: textOf(actor, 'ip'),
		actor_context: contextOf(row),
		credential_id: null,
		credential_name: null,
		resource_id: id,
		resource_type: type,
		resource_product: null,
		resource_scope: null,
		account_id: accountId,
		account_name: null,
		zone_id: textOf(metadata, 'zone_id') ?? (type === 'zone' ? id : null),
		zone_name: textOf(metadata, 'zone_name'),
		ray_id: null,
		method: null,
		uri: null,
		status_code: null,
		user_agent: null,
		changes: changesBetween(valueOf(row, 'oldValue'), valueOf(row, 'newValue')),
		metadata: Object.keys(metadata).length > 0 ? metadata : null,
	};
}
