import type { INodeProperties } from 'n8n-workflow';
import { purgeKinds } from './purgeItems';

/** What to purge, its items, and the parts of a cache key. */
export const purgeFields: INodeProperties[] = [
	{
		displayName: 'Purge',
		name: 'purge',
		type: 'options',
		options: purgeKinds.map(({ name, value, description }) => ({ name, value, description })),
		default: 'urls',
		description: 'What to remove from the cache',
	},
	...purgeKinds.flatMap(({ value, items }): INodeProperties[] =>
		items
			? [
					{
						displayName: items.displayName,
						name: 'items',
						type: 'string',
						typeOptions: { rows: 4 },
						default: '',
						placeholder: items.placeholder,
						description: items.description,
						displayOptions: { show: { purge: [value] } },
					},
				]
			: [],
	),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		description: 'For a cache key that holds more than the URL',
		displayOptions: { show: { purge: ['urls'] } },
		options: [
			{
				displayName: 'Accept-Language Header',
				name: 'acceptLanguage',
				type: 'string',
				default: '',
				placeholder: 'e.g. en-US',
				description: 'Only the copies for this language, where the cache key holds it',
			},
			{
				displayName: 'Country',
				name: 'country',
				type: 'string',
				default: '',
				placeholder: 'e.g. US',
				description: 'Only the copies for visitors from this country, where the cache key holds it',
			},
			{
				displayName: 'Device Type',
				name: 'deviceType',
				type: 'options',
				options: [
					{ name: 'Desktop', value: 'desktop' },
					{ name: 'Mobile', value: 'mobile' },
					{ name: 'Tablet', value: 'tablet' },
				],
				default: 'mobile',
				description: 'Only the copies for this kind of device, where the cache key holds it',
			},
			{
				displayName: 'Origin Header',
				name: 'origin',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://www.example.com',
				description: 'Only the copies for requests with this Origin, where the cache key holds it',
			},
		],
	},
];
