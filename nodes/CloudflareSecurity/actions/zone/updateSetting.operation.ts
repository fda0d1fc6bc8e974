import type { IDataObject } from 'n8n-workflow';
import { zoneField } from '../../descriptions/targets';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { readSetting, settingFields } from './settingChoices';
import { saysEnabled, settingPath, valueOf, type ZoneSetting } from './settings';

export const updateSetting: Operation = {
	value: 'updateSetting',
	name: 'Update Setting',
	action: 'Update zone setting',
	description:
		'Change one setting of a zone, such as switching on Under Attack mode. The output holds the previous value too, so that a later step can put it back.',
	fields: [zoneField, ...settingFields],
	permission: { zone: permissions.zoneSettingsEdit },
	writes: true,
	async execute(item) {
		const { setting, value } = readSetting(item);
		const zone = await item.zoneTarget();
		const path = settingPath(zone, setting);
		const { result: before } = await item.client.send<ZoneSetting>({
			method: 'GET',
			path,
			expect: 'object',
		});
		const { result: after } = await item.client.send<ZoneSetting>({
			method: 'PATCH',
			path,
			body: saysEnabled(before) ? { enabled: value } : { value },
			expect: 'object',
		});
		return [
			{
				zone_id: zone.id,
				...(zone.name ? { zone_name: zone.name } : {}),
				setting,
				value: valueOf(after),
				previous_value: valueOf(before),
				modified_on: after.modified_on ?? null,
				...('time_remaining' in after ? { time_remaining: after.time_remaining } : {}),
			} as IDataObject,
		];
	},
};
