import type { INodeProperties } from 'n8n-workflow';
import { insightsPath } from '../../targets/insight';
import { oneOf } from '../../input/values';
import { apiPath } from '../../transport/path';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { insightField, insightScopeFields, readInsightId } from './insightFields';

const changes = ['archive', 'restore'] as const;

const changeField: INodeProperties = {
	displayName: 'Change',
	name: 'change',
	type: 'options',
	options: [
		{ name: 'Archive', value: 'archive', description: 'Take it out of the active insights' },
		{ name: 'Restore', value: 'restore', description: 'Bring it back among the active insights' },
	],
	default: 'archive',
	description: 'Whether the insight is archived or brought back',
};

export const archive: Operation = {
	value: 'archive',
	name: 'Archive',
	action: 'Archive or restore security insight',
	description:
		'Take a Security Center insight out of the active ones because it has been dealt with, or bring an archived one back. Its history is kept.',
	fields: [...insightScopeFields, insightField, changeField],
	permission: {
		zone: permissions.insightsZoneEdit,
		account: permissions.insightsAccountEdit,
	},
	writes: true,
	async execute(item) {
		const id = readInsightId(item);
		const dismissed = oneOf(item.value('change', 'archive'), changes, 'Change') === 'archive';
		const insights = insightsPath(await item.scope());
		await item.client.send<unknown>({
			method: 'PUT',
			path: apiPath`${insights}/${id}/dismiss`,
			body: { dismiss: dismissed },
			expect: 'nothing',
		});
		return [{ id, dismissed }];
	},
};
