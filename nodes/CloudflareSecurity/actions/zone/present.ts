import type { IDataObject } from 'n8n-workflow';
import type { Zone } from '../../targets/zone';

/** A zone as an output item: simplified to what playbooks use, or as the API sends it. */
export function presentZone(zone: Zone, simplify: boolean): IDataObject {
	if (!simplify) return zone as IDataObject;
	const { id, name, status, type, paused, name_servers, created_on } = zone as IDataObject;
	return {
		id,
		name,
		status,
		type,
		paused,
		plan: zone.plan?.name,
		account_id: zone.account?.id,
		account_name: zone.account?.name,
		name_servers,
		created_on,
	};
}
