import type { Routes } from '../call.cjs';
import { ok } from '../envelope.cjs';
import { choice } from '../query.cjs';
import { CLOUDFLARE_NETWORKS, JDCLOUD_CIDRS } from '../seed/networks.cjs';

export const ipsRoutes: Routes = {
	'GET /ips': ({ query }) => {
		const jdcloud = choice(query, 'networks', ['jdcloud']) !== undefined;
		return ok({ ...CLOUDFLARE_NETWORKS, ...(jdcloud && { jdcloud_cidrs: JDCLOUD_CIDRS }) });
	},
};
