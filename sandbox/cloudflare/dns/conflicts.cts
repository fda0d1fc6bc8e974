import * as errors from './errors.cjs';
import type { DnsRecord, RecordDefinition } from './types.cjs';

const ADDRESSES = ['A', 'AAAA'];
/** Source: Cloudflare docs: the records of one name and type together. */
const MOST_CHARACTERS = 8192;

const isSame = (left: RecordDefinition, right: RecordDefinition): boolean =>
	left.type === right.type &&
	left.content === right.content &&
	(left.priority ?? 0) === (right.priority ?? 0);

function checkPair(
	wanted: RecordDefinition,
	other: RecordDefinition,
	apex: string,
	duplicateCode: 81057 | 81058,
): void {
	if (isSame(wanted, other)) throw errors.duplicate(duplicateCode);
	const { type } = wanted;
	if (type === 'CNAME' && [...ADDRESSES, 'CNAME'].includes(other.type))
		throw errors.addressOrCnameExists();
	if (ADDRESSES.includes(type) && other.type === 'CNAME') throw errors.cnameExists();
	// The zone's own name has name servers and everything else; DS belongs to a delegation.
	const delegates = wanted.name !== apex && type !== 'DS' && other.type !== 'DS';
	if (delegates && (type === 'NS') !== (other.type === 'NS')) throw errors.nsExists();
}

/** Throws 400 when the record cannot stand beside the others of its name. */
export function checkConflicts(
	wanted: RecordDefinition,
	others: Iterable<DnsRecord>,
	apex: string,
	duplicateCode: 81057 | 81058,
): void {
	let characters = wanted.content.length;
	for (const other of others) {
		if (other.name !== wanted.name) continue;
		checkPair(wanted, other, apex, duplicateCode);
		if (other.type === wanted.type) characters += other.content.length;
	}
	if (characters > MOST_CHARACTERS)
		throw errors.invalidRecord(
			`the records of this name and type exceed ${MOST_CHARACTERS} characters`,
		);
}
