import type { Resource } from '../operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getSettings } from './getSettings.operation';
import { purgeCache } from './purgeCache.operation';
import { updateSetting } from './updateSetting.operation';

export const zone: Resource = {
	value: 'zone',
	name: 'Zone',
	description: 'Domains with their settings and their cache',
	operations: [get, getAll, getSettings, purgeCache, updateSetting],
};
