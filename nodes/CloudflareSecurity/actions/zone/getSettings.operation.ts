import type { IDataObject } from 'n8n-workflow';
import { simplifyField } from '../../descriptions/output';
import { zoneField } from '../../descriptions/targets';
import { InputError } from '../../input/inputError';
import type { NodeError } from '../../transport/errors';
import { collect, inOrder } from '../../transport/inOrder';
import { apiName, type PathSegment } from '../../transport/path';
import { errorJson, failureOfOne } from '../errorJson';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { textList } from '../../input/textList';
import { knownSettings, settingPath, valueOf, type ZoneSetting } from './settings';

/** Each takes a request, and Cloudflare allows 1,200 of them in five minutes. */
const MOST_SETTINGS = 200;

/** @throws InputError when none is named, very many are, or something that is no setting's name */
function readNames(item: Item): PathSegment[] {
	const chosen = textList(item.value('settings', []), { field: 'Settings' });
	const others = textList(item.value('otherSettings', ''), { field: 'Other Settings' });
	const check = (field: string) => (name: string) =>
		apiName(name, { field, example: 'browser_cache_ttl' });
	const names = [
		...new Set([...chosen.map(check('Settings')), ...others.map(check('Other Settings'))]),
	];
	if (names.length === 0)
		throw new InputError('Settings', 'nothing was chosen', 'At least one setting');
	if (names.length > MOST_SETTINGS)
		throw new InputError(
			'Other Settings',
			`with Settings there are ${names.length} names`,
			`At most ${MOST_SETTINGS}, as each takes a request`,
		);
	return names;
}

type Answer = { name: string; setting: ZoneSetting } | { name: string; error: NodeError };

export const getSettings: Operation = {
	value: 'getSettings',
	name: 'Get Settings',
	action: 'Get zone settings',
	description:
		'Retrieve chosen settings of one zone, such as its security level, as one item with a value for each setting',
	fields: [
		zoneField,
		{
			displayName: 'Settings',
			name: 'settings',
			type: 'multiOptions',
			options: knownSettings,
			default: ['always_use_https', 'development_mode', 'min_tls_version', 'security_level', 'ssl'],
			description: 'The settings to read. Each takes one request.',
		},
		{
			displayName: 'Other Settings',
			name: 'otherSettings',
			type: 'string',
			default: '',
			placeholder: 'e.g. new_setting, another_setting',
			description: 'Names in the API of settings that the list lacks, separated by commas',
		},
		simplifyField,
	],
	permission: { zone: permissions.zoneSettingsRead },
	async execute(item) {
		const names = readNames(item);
		const zone = await item.zoneTarget();
		const read = async (name: PathSegment): Promise<Answer> => {
			try {
				const { result } = await item.client.send<ZoneSetting>({
					method: 'GET',
					path: settingPath(zone, name),
					expect: 'object',
				});
				return { name, setting: result };
			} catch (error) {
				return { name, error: failureOfOne(error) };
			}
		};
		// The call for all settings at once ended on 15 September 2026.
		const answers = await collect(inOrder(names, read));
		const failed = answers.filter((answer) => 'error' in answer);
		if (failed.length === answers.length) throw failed[0].error;
		if (failed.length > 0) {
			item.context.addExecutionHints({
				message: `These settings could not be read: ${failed.map(({ name }) => name).join(', ')}. The reasons stand in the item, under failed.`,
				type: 'warning',
				location: 'outputPane',
			});
		}
		const simplify = item.flag('simplify', true);
		const settings = answers.flatMap((answer) =>
			'setting' in answer
				? [[answer.name, simplify ? valueOf(answer.setting) : answer.setting] as const]
				: [],
		);
		return [
			{
				zone_id: zone.id,
				...(zone.name ? { zone_name: zone.name } : {}),
				settings: Object.fromEntries(settings) as IDataObject,
				failed: Object.fromEntries(failed.map(({ name, error }) => [name, errorJson(error)])),
			},
		];
	},
};
