import { seedIds } from '../seed/seedIds.cjs';
import { id } from '../seed/ids.cjs';
import type { State } from '../state.cjs';
import { people } from './seed/people.cjs';
import type { AuditEvent } from './types.cjs';

/** What an event is unless said otherwise: Alice changed a DNS record of example.com in the dashboard. */
export function plainEvent(state: State): AuditEvent {
	const zone = { id: seedIds.zones['example.com'], name: 'example.com' };
	const record = id('dns_record', 'A/origin.example.com/203.0.113.7');
	return {
		time: state.now(),
		accountId: seedIds.mainAccount,
		actor: people.alice,
		succeeded: true,
		action: { type: 'update', v1: 'rec_set', description: 'Update dns record' },
		resource: { product: 'dns_records', type: 'dns_record', id: record, scope: 'zones' },
		v1ResourceType: 'DNS_record',
		zone,
		request: {
			method: 'PATCH',
			uri: `/zones/${zone.id}/dns_records/${record}`,
			status: 200,
			userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36',
			ray: '8f00000000000001',
		},
		before: { name: 'origin.example.com', ttl: 1 },
		after: { name: 'origin.example.com', ttl: 300 },
		metadata: { name: 'origin.example.com', type: 'A', zone_name: zone.name },
		versions: [1, 2],
	};
}
