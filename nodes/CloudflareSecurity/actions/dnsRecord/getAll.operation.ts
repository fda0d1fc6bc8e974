import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { directionOption, directions } from '../../descriptions/sort';
import { limitFields, simplifyField } from '../../descriptions/output';
import { accountField } from '../../descriptions/targets';
import { recordPageSize, recordsPath, type DnsRecord } from '../../targets/dnsRecord';
import type { ZoneTarget } from '../../targets/zone';
import type { Query } from '../../transport/client';
import type { NodeError } from '../../transport/errors';
import { inOrder } from '../../transport/inOrder';
import { mapRows, pageNumberRows } from '../../transport/paginate';
import { errorJson, failureOfOne } from '../errorJson';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { chooseZones, zoneChoiceFields, type ZoneSelector } from '../zoneChoice';
import { permissions } from '../../permissions';
import { oneOf, yesOrNo } from '../../input/values';
import { presentRecord, zoneFacts } from './record';
import { filterFields, readFilters } from './recordFilters';

const zoneSelector: ZoneSelector = {
	name: 'searchIn',
	displayName: 'Search In',
	description: 'The zones whose records are looked at',
};

const orders = ['content', 'name', 'proxied', 'ttl', 'type'] as const;

const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		directionOption('the records of a zone'),
		{
			displayName: 'Include Shadow Metadata',
			name: 'includeShadowMetadata',
			type: 'boolean',
			default: true,
			description:
				'Whether to show in meta which records a delegation hides. Seen with Simplify switched off.',
		},
		{
			displayName: 'Sort By',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Content', value: 'content' },
				{ name: 'Name', value: 'name' },
				{ name: 'Proxied', value: 'proxied' },
				{ name: 'TTL', value: 'ttl' },
				{ name: 'Type', value: 'type' },
			],
			default: 'type',
			description: 'What the records of a zone are sorted by; zones follow one another',
		},
		{
			displayName: 'Zones That Cannot Be Read',
			name: 'unreadableZones',
			type: 'options',
			options: [
				{
					name: 'Report',
					value: 'report',
					description: 'The records of the others come out, and one item for each that failed',
				},
				{ name: 'Stop', value: 'stop', description: 'Nothing comes out' },
			],
			default: 'report',
			description:
				'What happens when some of several zones cannot be read. A reported zone is an item with error and details, at the end; details hold zone_id and zone_name. When all fail, the node stops.',
		},
	],
};

function readQuery(item: Item): Query {
	const filters = readFilters(item.collection('filters'));
	const options = item.collection('options');
	const { order, direction, includeShadowMetadata } = options;
	const shadows =
		includeShadowMetadata === undefined
			? undefined
			: yesOrNo(includeShadowMetadata, 'Include Shadow Metadata');
	return {
		...filters,
		order: order === undefined ? undefined : oneOf(order, orders, 'Sort By'),
		direction: direction === undefined ? undefined : oneOf(direction, directions, 'Direction'),
		// The API refuses the filter without it.
		include_shadow_metadata: filters.shadowed_by_name === undefined ? shadows : true,
	};
}

type Answer = { zone: ZoneTarget } & ({ records: IDataObject[] } | { error: NodeError });

const nameOf = ({ id, name }: ZoneTarget): string => name ?? id;

/** The zones that failed as items, and as a hint beside the output. */
function reportFailed(item: Item, failed: Array<{ zone: ZoneTarget; error: NodeError }>) {
	if (failed.length === 0) return [];
	const names = failed.slice(0, 10).map(({ zone }) => nameOf(zone));
	item.context.addExecutionHints({
		message: `${failed.length} of the zones could not be read: ${names.join(', ')}${failed.length > names.length ? ', …' : ''}. Their records are missing; the reasons stand in the last items of the output.`,
		type: 'warning',
		location: 'outputPane',
	});
	return failed.map(({ zone, error }) => {
		const { error: text, details } = errorJson(error, zoneFacts(zone));
		return { error: `Zone ${nameOf(zone)}: ${String(text)}`, details };
	});
}

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many DNS records',
	description:
		'Retrieve DNS records of one zone, several, or all zones of an account, such as every name that points to an address',
	fields: [
		...zoneChoiceFields(zoneSelector),
		{ ...accountField, displayOptions: { show: { searchIn: ['account'] } } },
		...limitFields,
		simplifyField,
		filterFields,
		optionFields,
	],
	permission: { zone: permissions.dnsRead },
	async execute(item) {
		const limit = item.limit() ?? Infinity;
		const query = readQuery(item);
		const { unreadableZones = 'report' } = item.collection('options');
		const mayFail =
			oneOf(unreadableZones, ['report', 'stop'], 'Zones That Cannot Be Read') === 'report';
		const choice = chooseZones(item, zoneSelector);
		const zones = await choice.resolve();
		const simplify = item.flag('simplify', true);
		const records = async (zone: ZoneTarget): Promise<IDataObject[]> =>
			await mapRows(
				pageNumberRows<DnsRecord>(item.client, {
					path: recordsPath(zone),
					query,
					pageSize: recordPageSize,
					limit: Number.isFinite(limit) ? limit : undefined,
					// Several zones are under way at the same time already.
					...(choice.isSingle ? {} : { concurrency: 1 }),
				}),
				(record) => presentRecord(record, zone, simplify),
			);
		const isTolerant = mayFail && !choice.isSingle;
		const read = async (zone: ZoneTarget): Promise<Answer> =>
			await records(zone).then(
				(found) => ({ zone, records: found }),
				(error: unknown) => ({ zone, error: failureOfOne(error, isTolerant) }),
			);

		const found: IDataObject[] = [];
		const failed: Array<{ zone: ZoneTarget; error: NodeError }> = [];
		for await (const answer of inOrder(zones, read)) {
			if ('error' in answer) {
				failed.push(answer);
				continue;
			}
			for (const record of answer.records.slice(0, limit - found.length)) found.push(record);
			if (found.length >= limit) break;
		}
		if (failed.length > 0 && failed.length === zones.length) throw failed[0].error;
		return [...found, ...reportFailed(item, failed)];
	},
};
