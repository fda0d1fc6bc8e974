import type { Call, Routes } from '../call.cjs';
import { checkSameType, definitionOf, merged } from '../dns/definition.cjs';
import { unusableBody } from '../dns/errors.cjs';
import { recordTest, sorted } from '../dns/filters.cjs';
import { shadowed } from '../dns/shadows.cjs';
import type { DnsRecord } from '../dns/types.cjs';
import { ok } from '../envelope.cjs';
import { paged } from '../query.cjs';
import { isObject } from '../rulesets/shape.cjs';
import type { Change, Zone } from '../types.cjs';

function bodyOf(call: Call): Record<string, unknown> {
	const body = call.json();
	if (!isObject(body)) throw unusableBody();
	return body;
}

function report(
	{ state, credential }: Call,
	zone: Zone,
	id: string,
	change: Pick<Change, 'action' | 'before' | 'after'>,
): void {
	state.record({
		...change,
		resource: { product: 'dns_records', type: 'dns_record', id },
		scope: { level: 'zone', id: zone.id },
		actor: credential.name,
	});
}

function changed(call: Call, zone: Zone, before: DnsRecord, body: Record<string, unknown>) {
	checkSameType(body, before);
	const after = call.state.dns.change(zone, before, definitionOf(body, zone));
	report(call, zone, after.id, { action: 'update', before, after });
	return ok(after);
}

const RECORDS = '/zones/:zone_id/dns_records';
const ONE = `${RECORDS}/:dns_record_id`;

export const dnsRecordRoutes: Routes = {
	[`GET ${RECORDS}`]: (call) => {
		const { query, state } = call;
		const zone = call.zone();
		const all = [...state.dns.recordsOf(zone).values()];
		const found = shadowed(all.filter(recordTest(query)), all, query, zone.name);
		const sizes = { default: 100, least: 1, most: state.dns.mostPerPage };
		const { result, result_info } = paged(sorted(found, query), query, sizes);
		return ok(result, { result_info });
	},
	[`POST ${RECORDS}`]: (call) => {
		const zone = call.zone();
		const after = call.state.dns.add(zone, definitionOf(bodyOf(call), zone));
		report(call, zone, after.id, { action: 'create', after });
		return ok(after);
	},
	[`GET ${ONE}`]: (call) => ok(call.state.dns.get(call.zone(), call.params.dns_record_id)),
	[`PATCH ${ONE}`]: (call) => {
		const zone = call.zone();
		const before = call.state.dns.get(zone, call.params.dns_record_id);
		return changed(call, zone, before, merged(before, bodyOf(call)));
	},
	// What the body leaves out is reset to its default, unlike PATCH.
	[`PUT ${ONE}`]: (call) => {
		const zone = call.zone();
		const before = call.state.dns.get(zone, call.params.dns_record_id);
		return changed(call, zone, before, bodyOf(call));
	},
	[`DELETE ${ONE}`]: (call) => {
		const zone = call.zone();
		const before = call.state.dns.get(zone, call.params.dns_record_id);
		call.state.dns.remove(zone, before);
		report(call, zone, before.id, { action: 'delete', before });
		return { ...ok({ id: before.id }), isBare: call.state.dns.deletesBarely };
	},
};
