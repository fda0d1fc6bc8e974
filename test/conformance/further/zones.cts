// Zones: all filters, and what else can be purged of their caches.
import type { CachePurgeParams } from 'cloudflare/resources/cache/cache';
import { mainAccount } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, attempt, zone } from '../sdkCalls/helpers.cjs';
import { firstPage, zoneById } from './shared.cjs';

const zones = pairsOf('zone');
const purges = pairsOf('zone', { zone: zoneById });

const purge = (what: string, sent: CachePurgeParams, parameters: object): Pair =>
	purges('purgeCache', what, parameters, async (sdk) => await sdk.cache.purge(sent));

export const zonePairs: readonly Pair[] = [
	zones(
		'getAll',
		'all filters',
		{
			filters: {
				account: mainAccount,
				accountName: 'Corp',
				accountNameOperator: 'contains',
				match: 'all',
				name: 'store',
				nameOperator: 'starts_with',
				status: 'pending',
				type: ['full', 'partial'],
			},
			options: { order: 'plan.id', direction: 'desc' },
		},
		// The stand-in refuses how the SDK writes the types.
		async (sdk) =>
			await attempt(
				sdk.zones.list({
					account: { id: account.account_id, name: 'contains:Corp' },
					match: 'all',
					name: 'starts_with:store',
					status: 'pending',
					type: ['full', 'partial'],
					order: 'plan.id',
					direction: 'desc',
					...firstPage,
				}),
			),
	),
	purge(
		'hosts',
		{ ...zone, hosts: ['www.example.com'] },
		{ purge: 'hosts', items: 'www.example.com' },
	),
	purge('tags', { ...zone, tags: ['product-1'] }, { purge: 'tags', items: 'product-1' }),
	purge(
		'prefixes',
		{ ...zone, prefixes: ['www.example.com/shop'] },
		{ purge: 'prefixes', items: 'www.example.com/shop' },
	),
	purge(
		'URLs with headers',
		{
			...zone,
			files: [{ url: 'https://www.example.com/', headers: { 'CF-Device-Type': 'mobile' } }],
		},
		{ purge: 'urls', items: 'https://www.example.com/', options: { deviceType: 'mobile' } },
	),
];
