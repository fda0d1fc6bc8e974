import { InputError, shown } from '../../input/inputError';
import { parseDomain } from '../../targets/zone';

/** One way to say what to purge. */
export interface PurgeKind {
	value: string;
	name: string;
	description: string;
	/** The member of the request's body; the kind for everything has no items. */
	member: 'files' | 'hosts' | 'prefixes' | 'purge_everything' | 'tags';
	/** The field for the items, and how one is checked and cleaned. */
	items?: {
		displayName: string;
		placeholder: string;
		description: string;
		/** Commas belong to URLs. */
		separator: RegExp;
		read: (text: string, field: string) => string;
	};
}

function readUrl(text: string, field: string): string {
	const isUrl = /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text);
	if (isUrl && !/\s/.test(text)) return text;
	throw new InputError(
		field,
		`got ${shown(text)}`,
		'A complete URL such as https://www.example.com/style.css',
	);
}

function readHost(text: string, field: string): string {
	// Made of a URL, it would empty the cache of the whole host.
	if (!/[/:@?#\s]/.test(text)) return parseDomain(text, field);
	throw new InputError(field, `got ${shown(text)}`, 'A host name alone, such as www.example.com');
}

/** Cloudflare docs: a tag in a purge request has at most 1,024 characters. */
const MAX_TAG_LENGTH = 1024;

function readTag(text: string, field: string): string {
	if (/^[\x21-\x7e]+$/.test(text) && text.length <= MAX_TAG_LENGTH) return text;
	throw new InputError(
		field,
		`got ${shown(text)}`,
		`A cache tag of at most ${MAX_TAG_LENGTH.toLocaleString('en-US')} visible ASCII characters without spaces`,
	);
}

function readPrefix(text: string, field: string): string {
	// Purging by prefix covers both schemes, and the API takes none.
	const prefix = text.replace(/^https?:\/\//i, '');
	const [host] = prefix.split('/');
	if (/[\s?#]/.test(prefix) || /[:@]/.test(host)) {
		throw new InputError(
			field,
			`got ${shown(text)}`,
			'A host and the beginning of a path, such as www.example.com/images, without a query',
		);
	}
	return `${parseDomain(host, field)}${prefix.slice(host.length)}`;
}

const LIST_HINT =
	'One to a line, or a list from an expression. More than 100 take several requests.';
const LINES = /\n/;
const LINES_OR_COMMAS = /[\n,]/;

export const purgeKinds: readonly PurgeKind[] = [
	{
		value: 'everything',
		name: 'Everything',
		description: 'All cached content of the zone. The origin server gets all requests for a while.',
		member: 'purge_everything',
	},
	{
		value: 'hosts',
		name: 'Hosts',
		description: 'All content of some host names',
		member: 'hosts',
		items: {
			displayName: 'Hosts',
			placeholder: 'e.g. www.example.com',
			description: LIST_HINT,
			separator: LINES_OR_COMMAS,
			read: readHost,
		},
	},
	{
		value: 'prefixes',
		name: 'Prefixes',
		description: 'All content below some paths',
		member: 'prefixes',
		items: {
			displayName: 'Prefixes',
			placeholder: 'e.g. www.example.com/images',
			description: `Host and beginning of the path. ${LIST_HINT}`,
			separator: LINES,
			read: readPrefix,
		},
	},
	{
		value: 'tags',
		name: 'Tags',
		description: 'All content that the origin server marked with some cache tags',
		member: 'tags',
		items: {
			displayName: 'Tags',
			placeholder: 'e.g. product-4711',
			description: LIST_HINT,
			separator: LINES_OR_COMMAS,
			read: readTag,
		},
	},
	{
		value: 'urls',
		name: 'URLs',
		description: 'Single files',
		member: 'files',
		items: {
			displayName: 'URLs',
			placeholder: 'e.g. https://www.example.com/style.css',
			description: `Complete URLs. ${LIST_HINT}`,
			separator: LINES,
			read: readUrl,
		},
	},
];

/** What the cache may keep apart, beside the URL. Cloudflare docs: purge by single-file with headers. */
export const cacheKeyHeaders = {
	acceptLanguage: 'Accept-Language',
	country: 'CF-IPCountry',
	deviceType: 'CF-Device-Type',
	origin: 'Origin',
} as const;
