import type { Routes } from '../call.cjs';
import { purgeOf } from '../cache/purge.cjs';
import { ok } from '../envelope.cjs';

export const purgeRoutes: Routes = {
	'POST /zones/:zone_id/purge_cache': (call) => {
		const { state, credential } = call;
		const zone = call.zone();
		const body = call.json();
		const { kind, items } = purgeOf(body, zone);
		state.purgeLimit.take(zone, kind, items);
		state.record({
			action: 'update',
			resource: { product: 'cache', type: 'purge', id: zone.id },
			scope: { level: 'zone', id: zone.id },
			actor: credential.name,
			after: body,
		});
		return ok({ id: zone.id });
	},
};
