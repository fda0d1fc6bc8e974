import * as part from './partChecks';
import { plainText } from './names';

export interface DataPart {
	check: part.PartCheck;
	/** Cloudflare fills it in when it is left out. */
	optional?: true;
}

export interface RecordType {
	/** Types with plain content. The others have parts, from which Cloudflare makes the content. */
	content?: part.PartCheck;
	data?: Readonly<Record<string, DataPart>>;
	/** Has a priority beside its content or data. */
	priority?: true;
	/** Cloudflare can stand in front of what it names. */
	proxiable?: true;
	/** How contents are compared where two spellings mean the same. */
	comparable?: (content: string) => string;
}

type Parts = Readonly<Record<string, DataPart>>;

const all = (checks: Readonly<Record<string, part.PartCheck>>): Parts =>
	Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, { check }]));

const optional = (checks: Readonly<Record<string, part.PartCheck>>): Parts =>
	Object.fromEntries(
		Object.entries(checks).map(([name, check]) => [name, { check, optional: true }]),
	);

const certificateAssociation: RecordType = {
	data: all({
		usage: part.uint8,
		selector: part.uint8,
		matching_type: part.uint8,
		certificate: part.hex,
	}),
};

const serviceBinding: RecordType = {
	data: all({ priority: part.uint16, target: part.hostOrDot, value: part.line }),
};

/**
 * Every record type of the API with what it holds. Source: SDK 7.3 for types and names, the API's own schema for the
 * ranges.
 */
const types = {
	A: { content: part.ipv4, proxiable: true },
	AAAA: { content: part.ipv6, proxiable: true },
	CAA: {
		data: all({
			flags: part.uint8,
			tag: part.word('issue', 'issuewild', 'iodef'),
			value: part.filledLine,
		}),
	},
	CERT: {
		data: all({
			type: part.uint16,
			key_tag: part.uint16,
			algorithm: part.uint8,
			certificate: part.base64,
		}),
	},
	CNAME: { content: part.host, proxiable: true },
	DNSKEY: {
		data: all({
			flags: part.uint16,
			protocol: part.uint8,
			algorithm: part.uint8,
			public_key: part.base64,
		}),
	},
	DS: {
		data: all({
			key_tag: part.uint16,
			algorithm: part.uint8,
			digest_type: part.uint8,
			digest: part.hex,
		}),
	},
	HTTPS: serviceBinding,
	LOC: {
		data: {
			...all({
				lat_degrees: part.whole(0, 90),
				lat_direction: part.word('N', 'S'),
				long_degrees: part.whole(0, 180),
				long_direction: part.word('E', 'W'),
				altitude: part.decimal(-100_000, 42_849_672.95),
			}),
			...optional({
				lat_minutes: part.whole(0, 59),
				lat_seconds: part.decimal(0, 59.999),
				long_minutes: part.whole(0, 59),
				long_seconds: part.decimal(0, 59.999),
				size: part.decimal(0, 90_000_000),
				precision_horz: part.decimal(0, 90_000_000),
				precision_vert: part.decimal(0, 90_000_000),
			}),
		},
	},
	MX: { content: part.hostOrDot, priority: true },
	NAPTR: {
		data: all({
			order: part.uint16,
			preference: part.uint16,
			flags: part.line,
			service: part.line,
			regex: part.line,
			replacement: part.hostOrDot,
		}),
	},
	NS: { content: part.host },
	OPENPGPKEY: { content: part.base64 },
	PTR: { content: part.host },
	SMIMEA: certificateAssociation,
	SRV: {
		data: all({
			priority: part.uint16,
			weight: part.uint16,
			port: part.uint16,
			target: part.hostOrDot,
		}),
	},
	SSHFP: { data: all({ algorithm: part.uint8, type: part.uint8, fingerprint: part.hex }) },
	SVCB: serviceBinding,
	TLSA: certificateAssociation,
	TXT: { content: part.text, comparable: plainText },
	URI: { data: all({ weight: part.uint16, target: part.filledLine }), priority: true },
} as const satisfies Readonly<Record<string, RecordType>>;

export type RecordTypeName = keyof typeof types;

export const recordTypes: ReadonlyMap<string, RecordType> = new Map(Object.entries(types));
export const recordTypeNames = Object.keys(types) as RecordTypeName[];
