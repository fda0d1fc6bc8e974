import { id } from '../seed/ids.cjs';
import { seedRecords } from '../seed/dnsRecords.cjs';
import type { State } from '../state.cjs';
import type { Zone } from '../types.cjs';
import { checkConflicts } from './conflicts.cjs';
import { isProxiable } from './definition.cjs';
import { noRecord, quotaExceeded } from './errors.cjs';
import type { DnsRecord, RecordDefinition } from './types.cjs';

/** Source: Cloudflare docs, records per zone. Free zones from before September 2024 keep what they had. */
const QUOTAS = { free: 200, pro: 3500, business: 3500, enterprise: 3500 };
const OLD_FREE_QUOTA = 1000;

/** The records of every zone. Those of a zone are made when they are first asked for. */
export class DnsStore {
	private readonly byZone = new Map<string, Map<string, DnsRecord>>();
	/** Zone → records that it may have, in place of its plan's number. */
	readonly quotas = new Map<string, number>();
	/** The largest page. The documented maximum is no promise: a smaller one here cuts pages down. */
	mostPerPage = 5_000_000;
	/** How an identical record is refused: sources name both codes. */
	duplicateCode: 81057 | 81058 = 81058;
	/** Whether a deletion answers with the result alone, as the API reference shows it, or in the usual envelope. */
	deletesBarely = false;

	constructor(private readonly state: State) {}

	/** Id → record. */
	recordsOf(zone: Zone): Map<string, DnsRecord> {
		const known = this.byZone.get(zone.id);
		if (known !== undefined) return known;
		const seeded = new Map(seedRecords(zone).map((record) => [record.id, record]));
		this.byZone.set(zone.id, seeded);
		return seeded;
	}

	quotaOf({ id: zoneId, plan, created_on }: Zone): number {
		const isOldFree = plan.legacy_id === 'free' && created_on < '2024-09-01';
		return this.quotas.get(zoneId) ?? (isOldFree ? OLD_FREE_QUOTA : QUOTAS[plan.legacy_id]);
	}

	/** Throws 404. */
	get(zone: Zone, recordId: string): DnsRecord {
		const record = this.recordsOf(zone).get(recordId);
		if (record === undefined) throw noRecord();
		return record;
	}

	/** Throws 400 when the record cannot stand beside the others, or has no room. */
	add(zone: Zone, definition: RecordDefinition): DnsRecord {
		const records = this.recordsOf(zone);
		checkConflicts(definition, records.values(), zone.name, this.duplicateCode);
		if (records.size >= this.quotaOf(zone)) throw quotaExceeded();
		const now = this.state.timestamp();
		const record = stored(this.state.newId('dns_record'), definition, now);
		records.set(record.id, record);
		return record;
	}

	/** Throws 400 when the record cannot stand beside the others. */
	change(zone: Zone, before: DnsRecord, definition: RecordDefinition): DnsRecord {
		const records = this.recordsOf(zone);
		const others = [...records.values()].filter((each) => each !== before);
		checkConflicts(definition, others, zone.name, this.duplicateCode);
		const now = this.state.timestamp();
		const sameComment = definition.comment === before.comment;
		const sameTags = definition.tags.join() === before.tags.join();
		const record: DnsRecord = {
			...stored(before.id, definition, now),
			meta: before.meta,
			created_on: before.created_on,
			...(sameComment && kept(before, 'comment_modified_on')),
			...(sameTags && kept(before, 'tags_modified_on')),
		};
		records.set(record.id, record);
		return record;
	}

	remove(zone: Zone, record: DnsRecord): void {
		this.recordsOf(zone).delete(record.id);
	}

	/** Brings a zone to this many records: host-00001 and on. Its quota does not matter. */
	fill(zoneId: string, count: number): void {
		const zone = this.state.zones.get(zoneId);
		if (zone === undefined) throw new Error(`There is no zone ${zoneId}`);
		const records = this.recordsOf(zone);
		const now = this.state.timestamp();
		for (let number = 1; records.size < count; number += 1) {
			const name = `host-${String(number).padStart(5, '0')}.${zone.name}`;
			const content = `198.18.${(number >> 8) & 255}.${number & 255}`;
			const recordId = id('dns_record', `fill/${name}`);
			if (records.has(recordId)) continue;
			records.set(recordId, stored(recordId, { ...PLAIN, type: 'A', name, content }, now));
		}
	}
}

const PLAIN = { proxied: false, ttl: 1, comment: null, tags: [], settings: {} };

const kept = (record: DnsRecord, name: 'comment_modified_on' | 'tags_modified_on') =>
	record[name] === undefined ? {} : { [name]: record[name] };

/** A definition as the record that answers show. */
export function stored(recordId: string, definition: RecordDefinition, now: string): DnsRecord {
	return {
		id: recordId,
		...definition,
		proxiable: isProxiable(definition),
		meta: {},
		created_on: now,
		modified_on: now,
		...(definition.comment !== null && { comment_modified_on: now }),
		...(definition.tags.length > 0 && { tags_modified_on: now }),
	};
}
