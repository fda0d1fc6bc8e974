import type { Routes } from '../call.cjs';
import { ok } from '../envelope.cjs';
import { seesAccount } from '../permissions.cjs';
import { choice, paged } from '../query.cjs';

export const accountRoutes: Routes = {
	'GET /accounts': ({ state, credential, query }) => {
		const name = query.get('name');
		const direction = choice(query, 'direction', ['asc', 'desc']) ?? 'asc';
		const seen = [...state.accounts.values()].filter(
			(account) =>
				credential.permissions.length > 0 &&
				seesAccount(credential, account.id) &&
				(!name || account.name === name),
		);
		if (direction === 'desc') seen.reverse();
		const { result, result_info } = paged(seen, query, { default: 20, least: 5, most: 50 });
		return ok(result, { result_info });
	},
	'GET /accounts/:account_id': (call) => ok(call.account()),
};
