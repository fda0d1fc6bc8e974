import { fullName } from '../../dns/names';
import { saysTheSame } from '../../dns/recordValue';
import { permissions } from '../../permissions';
import { recordPageSize, recordPath, recordsPath, type DnsRecord } from '../../targets/dnsRecord';
import type { Zone, ZoneTarget } from '../../targets/zone';
import { hasCode, type Outcome } from '../../transport/failure';
import { apiPath, hexId } from '../../transport/path';
import type { Item } from '../item';
import { changesOf } from './changes';
import { typeOf, type WantedRecord } from './newRecord';

/** Both are used for a record that is there already. */
const DUPLICATE = [81057, 81058] as const;
/** The record does not exist. */
export const GONE = 81044;

const ok = <T>(result: T): Outcome<T> => ({ ok: true, envelope: { result, resultInfo: {} } });

/** The zone's name, asked for once in a run where nobody said it. */
async function attemptZoneName(item: Item, { id, name }: ZoneTarget): Promise<Outcome<string>> {
	if (name !== undefined) return ok(name);
	const outcome = await item.attemptOnce<Zone>(['zone record', id], {
		method: 'GET',
		path: apiPath`/zones/${id}`,
		expect: { record: { name: 'text' } },
		permission: permissions.zoneRead,
	});
	return outcome.ok ? ok(outcome.envelope.result.name) : outcome;
}

/** The records that have the wanted name and type. */
export async function attemptNamesakes(
	item: Item,
	zone: ZoneTarget,
	{ name, type }: WantedRecord,
): Promise<Outcome<DnsRecord[]>> {
	const zoneName = await attemptZoneName(item, zone);
	if (!zoneName.ok) return zoneName;
	return await item.client.attempt<DnsRecord[]>({
		method: 'GET',
		path: recordsPath(zone),
		// All of them: 8,192 characters for one name and type leave room for fewer than one page.
		query: {
			'name.exact': fullName(name, zoneName.envelope.result),
			type,
			page: 1,
			per_page: recordPageSize.max,
		},
		expect: 'array',
	});
}

/** Those that say what is wanted, the one with the same priority first. */
export function sameRecords(records: readonly DnsRecord[], { type, value }: WantedRecord) {
	const isSame = ({ priority }: DnsRecord) => (priority ?? 0) === (value.priority ?? 0);
	return records
		.filter((record) => saysTheSame(typeOf(type), record, value))
		.sort((one, other) => Number(isSame(other)) - Number(isSame(one)));
}

export type Added = { record: DnsRecord } | { duplicate: Outcome<DnsRecord> };

/**
 * Creates the record, once, also when the connection breaks after Cloudflare stored it.
 * @returns `duplicate` when another record like it was there before
 * @throws NodeApiError
 */
export async function addRecord(
	item: Item,
	zone: ZoneTarget,
	wanted: WantedRecord,
): Promise<Added> {
	const sent: WantedRecord = { ...wanted, attributes: { ttl: 1, ...wanted.attributes } };
	const { type, name, value, attributes } = sent;
	let inDoubt = false;
	// The API has no idempotency keys. A record that differs in anything from what was sent is somebody else's.
	const isSent = (record: DnsRecord) => Object.keys(changesOf(record, sent)).length === 0;
	const readBack = async (): Promise<Outcome<DnsRecord | undefined>> => {
		inDoubt = true;
		const found = await attemptNamesakes(item, zone, wanted);
		return found.ok ? ok(found.envelope.result.find(isSent)) : found;
	};
	const outcome = await item.client.attempt<DnsRecord>({
		method: 'POST',
		path: recordsPath(zone),
		body: { type, name, ...value, ...attributes },
		expect: 'object',
		readBack,
	});
	if (outcome.ok) return { record: outcome.envelope.result };
	if (!hasCode(outcome.failure, ...DUPLICATE)) item.client.unwrap(outcome);
	const earlier = inDoubt ? await readBack() : undefined;
	return earlier?.ok && earlier.envelope.result
		? { record: earlier.envelope.result }
		: { duplicate: outcome };
}

/** @returns undefined when somebody deleted the record, or made another like it, in the meantime. @throws NodeApiError */
export async function patchRecord(
	item: Item,
	zone: ZoneTarget,
	record: DnsRecord,
	body: Readonly<Record<string, unknown>>,
): Promise<DnsRecord | undefined> {
	const outcome = await item.client.attempt<DnsRecord>({
		method: 'PATCH',
		path: recordPath(zone, hexId(record.id, { field: 'Record' })),
		body,
		expect: 'object',
	});
	if (!outcome.ok && hasCode(outcome.failure, GONE, ...DUPLICATE)) return undefined;
	return item.client.unwrap(outcome).result;
}
