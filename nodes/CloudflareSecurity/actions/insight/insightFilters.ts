import type { INodeProperties } from 'n8n-workflow';
import type { Query } from '../../transport/client';
import { filterList, yesOrNo } from '../../input/values';

interface Filter {
	/** Key in the collection; the exclusion's has `Not` behind it. */
	key: string;
	/** The API's name; the exclusion's has `~neq` behind it. */
	wire: string;
	field: string;
	what: string;
	/** All values, where the API has a fixed set, with their names. */
	choices?: ReadonlyArray<readonly [value: string, name: string]>;
	placeholder?: string;
	/** The API takes it as an exclusion too. */
	negatable: boolean;
}

/** What `GET …/security-center/insights` and its counts take (SDK 7.3), in the order of the menu. */
const filters: readonly Filter[] = [
	{
		key: 'issueClass',
		wire: 'issue_class',
		field: 'Class',
		what: 'of these classes, with commas between them; Get Summary lists all there are',
		placeholder: 'e.g. a_record_dangling, dmarc',
		negatable: true,
	},
	{
		key: 'product',
		wire: 'product',
		field: 'Product',
		what: 'of these Cloudflare products, with commas between them',
		placeholder: 'e.g. dns, access',
		negatable: true,
	},
	{
		key: 'severity',
		wire: 'severity',
		field: 'Severity',
		what: 'of these severities',
		// In small letters here, with a capital in answers.
		choices: [
			['critical', 'Critical'],
			['low', 'Low'],
			['moderate', 'Moderate'],
		],
		negatable: true,
	},
	{
		key: 'source',
		wire: 'source',
		field: 'Source',
		what: 'from these sources',
		choices: [
			['cloudflare', 'Cloudflare'],
			['riskrecon', 'RiskRecon'],
		],
		negatable: false,
	},
	{
		key: 'subject',
		wire: 'subject',
		field: 'Subject',
		what: 'about these host names, with commas between them',
		placeholder: 'e.g. shop.example.com',
		negatable: true,
	},
	{
		key: 'issueType',
		wire: 'issue_type',
		field: 'Type',
		what: 'of these types',
		choices: [
			['compliance_violation', 'Compliance Violation'],
			['configuration_suggestion', 'Configuration Suggestion'],
			['email_security', 'Email Security'],
			['exposed_infrastructure', 'Exposed Infrastructure'],
			['insecure_configuration', 'Insecure Configuration'],
			['weak_authentication', 'Weak Authentication'],
		],
		negatable: true,
	},
];

/** Each filter, and behind it its exclusion. */
const variants = filters.flatMap((filter) => [
	{ ...filter, words: filter.choices?.map(([value]) => value), only: 'Only insights' },
	...(filter.negatable
		? [
				{
					...filter,
					key: `${filter.key}Not`,
					wire: `${filter.wire}~neq`,
					field: `${filter.field} Is Not`,
					words: filter.choices?.map(([value]) => value),
					only: 'No insights',
				},
			]
		: []),
]);

const fields = variants.map(
	({ key, field, what, choices, placeholder, only }): INodeProperties => ({
		displayName: field,
		name: key,
		description: `${only} ${what}`,
		...(choices
			? {
					type: 'multiOptions',
					options: choices.map(([value, name]) => ({ name, value })),
					default: [choices[0][0]],
				}
			: { type: 'string', placeholder, default: '' }),
	}),
);

export const insightFilterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Archived',
			name: 'dismissed',
			type: 'options',
			options: [
				{ name: 'Archived Only', value: 'true' },
				{ name: 'Not Archived', value: 'false' },
			],
			default: 'false',
			description:
				'Whether archived insights are wanted or left out; both come without this filter',
		},
		...fields,
	],
};

/** Sends nothing. @throws InputError for a filter without a value, or with one that the API does not know */
export function insightQuery(given: Readonly<Record<string, unknown>>): Query {
	return {
		dismissed: Object.hasOwn(given, 'dismissed') ? yesOrNo(given.dismissed, 'Archived') : undefined,
		...Object.fromEntries(
			variants.map(({ key, wire, field, words }) => [wire, filterList(given, key, field, words)]),
		),
	};
}
