import { isIPv4, isIPv6 } from 'node:net';
import { badA, badAaaa, badCname, badHost, badTxt, invalidRecord } from './errors.cjs';
import { compressed, targetName } from './names.cjs';
import * as part from './parts.cjs';
import type { RecordData, RecordTypeName } from './types.cjs';

export interface RecordType {
	/** Types with plain content: gives it as stored. Throws 400. */
	content?: (content: string, name: string) => string;
	/** Types with data: its parts, all needed unless they have a default. */
	data?: Readonly<Record<string, part.Part>>;
	defaults?: Readonly<RecordData>;
	/** The content that answers show for the data. */
	format?: (data: RecordData, priority?: number) => string;
	/** Has a priority beside its content or data. */
	priority?: true;
	proxiable?: true;
}

const pointer = (type: string, refuse = () => badHost(type)): RecordType['content'] => {
	return (content, name) => {
		const target = targetName(content);
		if (target === undefined || target === name) throw refuse();
		// RFC 7505: a lone dot is an MX record's way to say that there is no mail.
		if (target === '.' && type !== 'MX') throw refuse();
		return target;
	};
};

const joined =
	(...names: string[]) =>
	(data: RecordData) =>
		names.map((name) => data[name]).join(' ');
const fixed = (value: string | number, digits: number): string => Number(value).toFixed(digits);
const association = (certificate: part.Part): RecordType => ({
	data: {
		usage: part.uint8,
		selector: part.uint8,
		matching_type: part.uint8,
		certificate,
	},
	format: joined('usage', 'selector', 'matching_type', 'certificate'),
});
const service: RecordType = {
	data: { priority: part.uint16, target: part.host, value: part.text },
	format: ({ priority, target, value }) => `${priority} ${target} ${value}`.trim(),
};
const angle = (side: 'lat' | 'long', degrees: number, directions: string[]) => ({
	[`${side}_degrees`]: part.whole(0, degrees),
	[`${side}_minutes`]: part.whole(0, 59),
	[`${side}_seconds`]: part.decimal(0, 59.999),
	[`${side}_direction`]: part.oneOf(...directions),
});

/** As a zone file writes bytes that are not ASCII. Source: libdns/cloudflare, pull request 33. */
const escaped = (bytes: Buffer): string =>
	bytes.toString('latin1').replace(/[^\0-\x7f]/g, (byte) => `\\${byte.charCodeAt(0)}`);

/** Longer text is kept as several quoted strings, none longer than DNS allows. */
function txt(content: string): string {
	if (content.trim() === '' || /[\r\n]/.test(content)) throw badTxt();
	const bytes = Buffer.from(content);
	if (content.startsWith('"') || bytes.length <= 255) return escaped(bytes);
	const strings: string[] = [];
	for (let from = 0; from < bytes.length; from += 255)
		strings.push(`"${escaped(bytes.subarray(from, from + 255))}"`);
	return strings.join(' ');
}

/** Every type with its parts. Source: SDK 7.3 and Cloudflare docs, DNS record types. */
export const RECORD_TYPES: Readonly<Record<RecordTypeName, RecordType>> = {
	A: {
		proxiable: true,
		content: (content) => {
			if (!isIPv4(content)) throw badA();
			return content;
		},
	},
	AAAA: {
		proxiable: true,
		content: (content) => {
			if (!isIPv6(content) || content.includes('%')) throw badAaaa();
			return compressed(content);
		},
	},
	CNAME: { proxiable: true, content: pointer('CNAME', badCname) },
	MX: { priority: true, content: pointer('MX') },
	NS: { content: pointer('NS') },
	PTR: { content: pointer('PTR') },
	TXT: { content: txt },
	OPENPGPKEY: {
		content: (content) => {
			if ('must' in part.base64(content)) throw invalidRecord('content must be Base64');
			return content;
		},
	},
	CAA: {
		data: {
			flags: part.uint8,
			tag: part.oneOf('issue', 'issuewild', 'iodef'),
			value: part.text,
		},
		format: ({ flags, tag, value }) => `${flags} ${tag} "${value}"`,
	},
	CERT: {
		data: {
			type: part.uint16,
			key_tag: part.uint16,
			algorithm: part.uint8,
			certificate: part.base64,
		},
		format: joined('type', 'key_tag', 'algorithm', 'certificate'),
	},
	DNSKEY: {
		data: {
			flags: part.uint16,
			protocol: part.uint8,
			algorithm: part.uint8,
			public_key: part.base64,
		},
		format: joined('flags', 'protocol', 'algorithm', 'public_key'),
	},
	DS: {
		data: {
			key_tag: part.uint16,
			algorithm: part.uint8,
			digest_type: part.uint8,
			digest: part.hex,
		},
		format: joined('key_tag', 'algorithm', 'digest_type', 'digest'),
	},
	HTTPS: service,
	SVCB: service,
	LOC: {
		data: {
			...angle('lat', 90, ['N', 'S']),
			...angle('long', 180, ['E', 'W']),
			altitude: part.decimal(-100000, 42849672.95),
			size: part.decimal(0, 90000000),
			precision_horz: part.decimal(0, 90000000),
			precision_vert: part.decimal(0, 90000000),
		},
		defaults: {
			lat_minutes: 0,
			lat_seconds: 0,
			long_minutes: 0,
			long_seconds: 0,
			size: 0,
			precision_horz: 0,
			precision_vert: 0,
		},
		format: (data) =>
			[
				...(['lat', 'long'] as const).flatMap((side) => [
					data[`${side}_degrees`],
					data[`${side}_minutes`],
					fixed(data[`${side}_seconds`], 3),
					data[`${side}_direction`],
				]),
				...['altitude', 'size', 'precision_horz', 'precision_vert'].map(
					(name) => `${fixed(data[name], 2)}m`,
				),
			].join(' '),
	},
	NAPTR: {
		data: {
			order: part.uint16,
			preference: part.uint16,
			flags: part.text,
			service: part.text,
			regex: part.text,
			replacement: part.host,
		},
		format: ({ order, preference, flags, service: offered, regex, replacement }) =>
			`${order} ${preference} "${flags}" "${offered}" "${regex}" ${replacement}`,
	},
	SMIMEA: association(part.hex),
	TLSA: association(part.hex),
	SRV: {
		// Here the priority is a part of the data, unlike MX and URI.
		data: {
			priority: part.uint16,
			weight: part.uint16,
			port: part.uint16,
			target: part.host,
		},
		format: joined('priority', 'weight', 'port', 'target'),
	},
	SSHFP: {
		data: { algorithm: part.uint8, type: part.uint8, fingerprint: part.hex },
		format: joined('algorithm', 'type', 'fingerprint'),
	},
	URI: {
		priority: true,
		data: { weight: part.uint16, target: part.filled },
		format: ({ weight, target }, priority) => `${priority} ${weight} "${target}"`,
	},
};

export const RECORD_TYPE_NAMES = Object.keys(RECORD_TYPES) as RecordTypeName[];
