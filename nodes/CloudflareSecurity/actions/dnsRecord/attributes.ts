import type { INodeProperties } from 'n8n-workflow';
import { recordTypes } from '../../dns/recordTypes';
import { InputError, shown } from '../../input/inputError';
import { textList } from '../../input/textList';
import { wholeNumber, yesOrNo } from '../../input/values';

/** What every record has beside its value, in the API's words. */
export interface Attributes {
	comment?: string;
	private_routing?: boolean;
	proxied?: boolean;
	settings?: Readonly<Record<string, boolean>>;
	tags?: string[];
	ttl?: number;
}

export const attributeFields: INodeProperties[] = [
	{
		displayName: 'Comment',
		name: 'comment',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sinkhole, case 4711',
		description: 'A note for people, without effect on DNS. Empty for none.',
	},
	{
		displayName: 'Flatten CNAME',
		name: 'flattenCname',
		type: 'boolean',
		default: false,
		description:
			'Whether to answer with the addresses of the target. For CNAME records that are not proxied, on paid plans.',
	},
	{
		displayName: 'IPv4 Only',
		name: 'ipv4Only',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out the IPv6 addresses of Cloudflare. For proxied records.',
	},
	{
		displayName: 'IPv6 Only',
		name: 'ipv6Only',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out the IPv4 addresses of Cloudflare. For proxied records.',
	},
	{
		displayName: 'Private Routing',
		name: 'privateRouting',
		type: 'boolean',
		default: false,
		description: 'Whether the address belongs to a private network. For A and AAAA records.',
	},
	{
		displayName: 'Proxied',
		name: 'proxied',
		type: 'boolean',
		default: true,
		description:
			'Whether Cloudflare stands in front of the address, filters its traffic and hides it. For A, AAAA and CNAME records.',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. owner:dns-team, env:prod',
		description: 'All tags of the record, separated by commas. Not on the Free plan.',
	},
	{
		displayName: 'TTL',
		name: 'ttl',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 86_400 },
		default: 1,
		description:
			'Seconds for which the answer may be kept, from 60 to 86400 (from 30 on the Enterprise plan); 1 for automatic',
	},
];

/** SDK 7.3: `settings` of a record. */
const settingNames = {
	flattenCname: ['flatten_cname', 'Flatten CNAME'],
	ipv4Only: ['ipv4_only', 'IPv4 Only'],
	ipv6Only: ['ipv6_only', 'IPv6 Only'],
} as const;

type Fields = Readonly<Record<string, unknown>>;

/** Cloudflare docs, DNS record attributes: the most that a plan allows. */
const MAX_COMMENT_LENGTH = 500;
const TAG = /^[\w-]{1,32}(?::.{0,100})?$/u;

function readComment(value: unknown): string {
	const isFit =
		typeof value === 'string' && !/[\r\n]/.test(value) && value.length <= MAX_COMMENT_LENGTH;
	if (isFit) return value.trim();
	throw new InputError(
		'Comment',
		`got ${shown(value)}`,
		`One line of at most ${MAX_COMMENT_LENGTH} characters`,
	);
}

function readTags(value: unknown): string[] {
	const tags = textList(value, { field: 'Tags' });
	const bad = tags.find((tag) => !TAG.test(tag));
	if (bad === undefined) return tags;
	throw new InputError(
		'Tags',
		`got ${shown(bad)}`,
		'Tags of the form name:value, the name with at most 32 letters, digits, hyphens and underscores, the value with at most 100 characters',
	);
}

function readTtl(value: unknown): number {
	const ttl = wholeNumber(value, { field: 'TTL', min: 1, max: 86_400 });
	if (ttl === 1 || ttl >= 30) return ttl;
	throw new InputError('TTL', `got ${ttl}`, '1 for automatic, or 60 to 86400 seconds');
}

/** Only what was added to the collection. @throws InputError when a member cannot be used */
export function readAttributes(fields: Fields): Attributes {
	const has = (name: string) => Object.hasOwn(fields, name);
	const settings = Object.entries(settingNames).flatMap(([field, [name, label]]) =>
		has(field) ? [[name, yesOrNo(fields[field], label)] as const] : [],
	);
	return {
		...(has('comment') ? { comment: readComment(fields.comment) } : {}),
		...(has('privateRouting')
			? { private_routing: yesOrNo(fields.privateRouting, 'Private Routing') }
			: {}),
		...(has('proxied') ? { proxied: yesOrNo(fields.proxied, 'Proxied') } : {}),
		...(settings.length > 0 ? { settings: Object.fromEntries(settings) } : {}),
		...(has('tags') ? { tags: readTags(fields.tags) } : {}),
		...(has('ttl') ? { ttl: readTtl(fields.ttl) } : {}),
	};
}

/**
 * Checks what depends on the record's type and on whether it is proxied.
 * @param current the record that is changed; left out for a new one
 * @throws InputError when the attributes do not go together
 */
export function checkAttributes(
	type: string,
	{ proxied, ttl }: Attributes,
	current: Readonly<Record<string, unknown>> = {},
): void {
	if (proxied && !recordTypes.get(type)?.proxiable) {
		throw new InputError('Proxied', `the type is ${type}`, 'An A, AAAA or CNAME record');
	}
	if ((proxied ?? current.proxied) === true && ttl !== undefined && ttl !== 1) {
		throw new InputError(
			'TTL',
			`got ${ttl}, and the record is proxied`,
			'1 (automatic), as Cloudflare sets the TTL of proxied records, or Proxied switched off',
		);
	}
}
