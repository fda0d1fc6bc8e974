import type { Call, Routes } from '../call.cjs';
import { ok } from '../envelope.cjs';
import { referencesTo } from '../lists/references.cjs';
import { listAccount, listOf } from '../lists/request.cjs';
import type { ListRecord } from '../lists/types.cjs';
import type { Change } from '../types.cjs';

function shown(list: ListRecord, { state }: Call) {
	const { id, name, kind, description, items, created_on, modified_on } = list;
	return {
		id,
		name,
		kind,
		description,
		num_items: items.size,
		num_referencing_filters: referencesTo(list, state),
		created_on,
		modified_on,
	};
}

function report(
	{ state, credential }: Call,
	{ id, accountId }: ListRecord,
	change: Pick<Change, 'action' | 'before' | 'after'>,
): void {
	state.record({
		...change,
		resource: { product: 'lists', type: 'list', id },
		scope: { level: 'account', id: accountId },
		actor: credential.name,
	});
}

const LISTS = '/accounts/:account_id/rules/lists';
const ONE = `${LISTS}/:list_id`;

export const listRoutes: Routes = {
	// All of them in one answer.
	[`GET ${LISTS}`]: (call) =>
		ok(call.state.lists.of(listAccount(call)).map((list) => shown(list, call))),
	[`POST ${LISTS}`]: (call) => {
		const list = call.state.lists.create(listAccount(call), call.json());
		const after = shown(list, call);
		report(call, list, { action: 'create', after });
		return ok(after);
	},
	[`GET ${LISTS}/bulk_operations/:operation_id`]: (call) => {
		const accountId = listAccount(call);
		const { operations } = call.state.lists;
		const { id, status, completed, error } = operations.get(accountId, call.params.operation_id);
		return ok({ id, status, completed, error });
	},
	[`GET ${ONE}`]: (call) => ok(shown(listOf(call), call)),
	[`PUT ${ONE}`]: (call) => {
		const list = listOf(call);
		const before = shown(list, call);
		call.state.lists.update(list, call.json());
		const after = shown(list, call);
		report(call, list, { action: 'update', before, after });
		return ok(after);
	},
	[`DELETE ${ONE}`]: (call) => {
		const list = listOf(call);
		const before = shown(list, call);
		call.state.lists.remove(list);
		report(call, list, { action: 'delete', before });
		return ok({ id: list.id });
	},
};
