import type { INodeProperties } from 'n8n-workflow';
import { toAscii } from '../../dns/names';
import { host, ipv4, ipv6 } from '../../dns/partChecks';
import { recordTypeNames } from '../../dns/recordTypes';
import { InputError, shown } from '../../input/inputError';
import type { Query, QueryValue } from '../../transport/client';
import { textList } from '../../input/textList';
import { filterText, oneOf, yesOrNo } from '../../input/values';
import { typeOptions } from './valueFields';

type Filters = Readonly<Record<string, unknown>>;

/** One parameter of the list call, with the field that fills it. */
interface Filter {
	/** The API's name of the parameter. */
	parameter: string;
	field: INodeProperties;
	read: (filters: Filters, field: INodeProperties) => QueryValue;
}

/** The API compares texts as they are, so they are put as records hold them. */
const readAs =
	(spelling: (text: string) => string | number): Filter['read'] =>
	(filters, { name, displayName }) => {
		const text = filterText(filters, name, displayName);
		return text === undefined ? undefined : spelling(text);
	};

const readText = readAs((text) => text);

const withoutFinalDot = (text: string) => text.replace(/(?<=.)\.$/, '');
const domainName = (text: string) => toAscii(withoutFinalDot(text));

/** Of an address, and of a host name with its final dot; one word and a dot may well be a TXT record. */
const recordContent = (text: string) => {
	const isHost = /\..+\.$/.test(text) && host.clean(text) !== undefined;
	return ipv4.clean(text) ?? ipv6.clean(text) ?? (isHost ? withoutFinalDot(text) : text);
};

/** By the API's name of the parameter. */
const readers: Readonly<Record<string, Filter['read']>> = {
	'name.exact': readAs(domainName),
	'name.contains': readAs(toAscii),
	'name.endswith': readAs(domainName),
	'name.startswith': readAs(toAscii),
	'content.exact': readAs(recordContent),
};

const textField = (displayName: string, name: string, rest: Partial<INodeProperties>) => ({
	displayName,
	name,
	type: 'string' as const,
	default: '',
	...rest,
});

/** How a text is compared: the end of the field's name and of its label, the API's word, the description. */
const comparisons = [
	['', '', 'exact', 'is'],
	['Contains', ' Contains', 'contains', 'contains'],
	['EndsWith', ' Ends With', 'endswith', 'ends with'],
	['StartsWith', ' Starts With', 'startswith', 'starts with'],
] as const;

const texts = [
	['name', 'Name', 'e.g. www.example.com', 'complete name'],
	['content', 'Content', 'e.g. 203.0.113.7', 'content'],
	['comment', 'Comment', 'e.g. case 4711', 'comment'],
] as const;

const textFilters: Filter[] = texts.flatMap(([key, label, placeholder, what]) =>
	comparisons.map(([suffix, words, operator, verb]) => ({
		parameter: `${key}.${operator}`,
		field: textField(`${label}${words}`, `${key}${suffix}`, {
			placeholder,
			description: `Only records whose ${what} ${verb} this, ignoring case`,
		}),
		read: readers[`${key}.${operator}`] ?? readText,
	})),
);

/** One tag, or several. With a value where the API compares values. @throws InputError when one has the other form */
const readTags =
	(hasValue: boolean): Filter['read'] =>
	(filters, { name, displayName: field }) => {
		if (!Object.hasOwn(filters, name)) return undefined;
		const tags = textList(filters[name], { field });
		const wrong = tags.find((tag) => tag.includes(':') !== hasValue);
		if (tags.length > 0 && wrong === undefined) return tags;
		throw new InputError(
			field,
			`got ${shown(wrong ?? '')}`,
			hasValue
				? 'A tag with its value, such as owner:dns-team'
				: 'The name of a tag, such as owner',
		);
	};

const tagFilters: Filter[] = [
	...comparisons.map(
		([suffix, words, operator, verb]): Filter => ({
			parameter: `tag.${operator}`,
			field: textField(words === '' ? 'Tag' : `Tag Value${words}`, `tag${suffix}`, {
				placeholder: 'e.g. owner:dns-team',
				description: `Only records with a tag of this name whose value ${verb} the text after the colon. Several are separated by commas.`,
			}),
			read: readTags(true),
		}),
	),
	{
		parameter: 'tag.present',
		field: textField('Tag Present', 'tagPresent', {
			placeholder: 'e.g. owner',
			description: 'Only records with a tag of this name. Several are separated by commas.',
		}),
		read: readTags(false),
	},
	{
		parameter: 'tag.absent',
		field: textField('Tag Absent', 'tagAbsent', {
			placeholder: 'e.g. owner',
			description: 'Only records without a tag of this name. Several are separated by commas.',
		}),
		read: readTags(false),
	},
];

const allOrAny = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: [
		{ name: 'All Filters', value: 'all' },
		{ name: 'Any Filter', value: 'any' },
	],
	default: 'all',
	description,
});

const readWord =
	(words: readonly string[]): Filter['read'] =>
	(filters, { name, displayName }) =>
		Object.hasOwn(filters, name) ? oneOf(filters[name], words, displayName) : undefined;

/** The API looks only at whether one of the two parameters is there. */
const hasComment = (wanted: boolean): Filter['read'] => {
	return (filters, { name, displayName }) => {
		const isWanted = Object.hasOwn(filters, name) && yesOrNo(filters[name], displayName) === wanted;
		return isWanted ? 'true' : undefined;
	};
};

const commentField: INodeProperties = {
	displayName: 'Has Comment',
	name: 'hasComment',
	type: 'boolean',
	default: true,
	description: 'Whether to return the records with a comment or those without one',
};

const otherFilters: Filter[] = [
	{ parameter: 'comment.present', field: commentField, read: hasComment(true) },
	{ parameter: 'comment.absent', field: commentField, read: hasComment(false) },
	{
		parameter: 'match',
		field: allOrAny(
			'Match',
			'match',
			'Whether a record must pass all filters or one of them; the tag filters count as one',
		),
		read: readWord(['all', 'any']),
	},
	{
		parameter: 'tag_match',
		field: allOrAny(
			'Tag Match',
			'tagMatch',
			'Whether a record must pass all tag filters or one of them',
		),
		read: readWord(['all', 'any']),
	},
	{
		parameter: 'proxied',
		field: {
			displayName: 'Proxied',
			name: 'proxied',
			type: 'boolean',
			default: true,
			description:
				'Whether to return the records with Cloudflare in front or those that show their address',
		},
		read: (filters, { name, displayName }) =>
			Object.hasOwn(filters, name) ? yesOrNo(filters[name], displayName) : undefined,
	},
	{
		parameter: 'search',
		field: textField('Search', 'search', {
			placeholder: 'e.g. mail',
			description:
				'A text that Cloudflare looks for in several fields. Made for people: what it finds may change. Playbooks use the other filters.',
		}),
		read: readText,
	},
	{
		parameter: 'shadowed_by_name',
		field: textField('Shadowed by Name', 'shadowedByName', {
			placeholder: 'e.g. lab.example.com',
			description:
				'Only records at or below this delegated name, which the delegation hides. Adds the shadow metadata.',
		}),
		read: readText,
	},
	{
		parameter: 'shadowing_name',
		field: textField('Shadowing Name', 'shadowingName', {
			placeholder: 'e.g. host.lab.example.com',
			description: 'Only the NS records that hide this name, at it or above it',
		}),
		read: readText,
	},
	{
		parameter: 'type',
		field: {
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: typeOptions,
			default: 'A',
			description: 'Only records of this type',
		},
		read: readWord(recordTypeNames),
	},
];

const filters: readonly Filter[] = [...textFilters, ...tagFilters, ...otherFilters];

const fields = new Map(filters.map(({ field }) => [field.name, field]));

export const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [...fields.values()].sort((one, other) =>
		one.displayName.localeCompare(other.displayName, 'en'),
	),
};

/** The filters in the API's words. @throws InputError for a filter that was added and cannot be used */
export function readFilters(given: Filters): Query {
	return Object.fromEntries(
		filters.map(({ parameter, field, read }) => [parameter, read(given, field)]),
	);
}
