export type RecordTypeName =
	| 'A'
	| 'AAAA'
	| 'CAA'
	| 'CERT'
	| 'CNAME'
	| 'DNSKEY'
	| 'DS'
	| 'HTTPS'
	| 'LOC'
	| 'MX'
	| 'NAPTR'
	| 'NS'
	| 'OPENPGPKEY'
	| 'PTR'
	| 'SMIMEA'
	| 'SRV'
	| 'SSHFP'
	| 'SVCB'
	| 'TLSA'
	| 'TXT'
	| 'URI';

export type RecordData = Record<string, string | number>;

/** What a caller may write of a record, checked and in the form in which it is stored. */
export interface RecordDefinition {
	name: string;
	type: RecordTypeName;
	/** Formatted from `data` where the type has it. */
	content: string;
	priority?: number;
	data?: RecordData;
	proxied: boolean;
	ttl: number;
	comment: string | null;
	tags: string[];
	settings: Record<string, boolean>;
	private_routing?: boolean;
}

/** A record as the API answers it. It names no zone: zone_id and zone_name are gone since November 2024. */
export interface DnsRecord extends RecordDefinition {
	id: string;
	proxiable: boolean;
	meta: Record<string, unknown>;
	created_on: string;
	modified_on: string;
	/** Absent while there is no comment. */
	comment_modified_on?: string;
	/** Absent while there are no tags. */
	tags_modified_on?: string;
}
