import type { Routes } from '../call.cjs';
import { ok } from '../envelope.cjs';

const ONE = '/zones/:zone_id/settings/:setting';

// All settings in one call, and changing several at once, ended on 15 September 2026: those are no routes any more.
export const zoneSettingRoutes: Routes = {
	[`GET ${ONE}`]: (call) => ok(call.state.settings.get(call.zone(), call.params.setting)),
	[`PATCH ${ONE}`]: (call) => {
		const { state, credential, params } = call;
		const zone = call.zone();
		const before = state.settings.get(zone, params.setting);
		const after = state.settings.set(zone, params.setting, call.json());
		state.record({
			action: 'update',
			resource: { product: 'zone_settings', type: 'zone_setting', id: params.setting },
			scope: { level: 'zone', id: zone.id },
			actor: credential.name,
			before,
			after,
		});
		return ok(after);
	},
};
