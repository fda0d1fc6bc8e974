import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { byName } from '../../descriptions/options';
import { oneOf } from '../../input/values';
import { apiName, apiWord, type PathSegment } from '../../transport/path';
import { jsonValue } from '../jsonValue';
import type { Item } from '../item';

const onOff: INodePropertyOptions[] = [
	{ name: 'On', value: 'on' },
	{ name: 'Off', value: 'off' },
];

/** A setting whose values the node offers by name. */
interface SettingChoice {
	value: string;
	name: string;
	description: string;
	/** In their own order, which says more than the alphabet. */
	values: INodePropertyOptions[];
	default: string;
}

/** What playbooks change. Values: SDK 7.3. */
const choices: readonly SettingChoice[] = [
	{
		value: 'security_level',
		name: 'Security Level',
		description: 'How suspicious a visitor must look to be challenged',
		values: [
			{
				name: 'Under Attack',
				value: 'under_attack',
				description: 'Every visitor is challenged before the site appears',
			},
			{ name: 'High', value: 'high' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'Low', value: 'low' },
			{ name: 'Essentially Off', value: 'essentially_off' },
			{ name: 'Off', value: 'off', description: 'Only on the Enterprise plan' },
		],
		default: 'under_attack',
	},
	{
		value: 'ssl',
		name: 'SSL/TLS Encryption Mode',
		description: 'How Cloudflare connects to the origin server',
		values: [
			{ name: 'Off', value: 'off', description: 'No encryption at all' },
			{ name: 'Flexible', value: 'flexible', description: 'Not encrypted up to the origin' },
			{ name: 'Full', value: 'full', description: 'Encrypted; the certificate is not checked' },
			{ name: 'Full (Strict)', value: 'strict', description: 'Encrypted and checked' },
			{
				name: 'Strict (SSL-Only Origin Pull)',
				value: 'origin_pull',
				description: 'Only on the Enterprise plan',
			},
		],
		default: 'strict',
	},
	{
		value: 'development_mode',
		name: 'Development Mode',
		description: 'Bypasses the cache. Cloudflare ends it after 3 hours.',
		values: onOff,
		default: 'on',
	},
	{
		value: 'always_use_https',
		name: 'Always Use HTTPS',
		description: 'Redirects every http request to https',
		values: onOff,
		default: 'on',
	},
	{
		value: 'automatic_https_rewrites',
		name: 'Automatic HTTPS Rewrites',
		description: 'Rewrites links to http in pages where https is known to work',
		values: onOff,
		default: 'on',
	},
	{
		value: 'browser_check',
		name: 'Browser Integrity Check',
		description: 'Refuses requests with headers that abusers typically send',
		values: onOff,
		default: 'on',
	},
	{
		value: 'min_tls_version',
		name: 'Minimum TLS Version',
		description: 'The oldest version of TLS with which visitors can connect',
		values: ['1.0', '1.1', '1.2', '1.3'].map((value) => ({ name: `TLS ${value}`, value })),
		default: '1.2',
	},
	{
		value: 'tls_1_3',
		name: 'TLS 1.3',
		description: 'Whether visitors may use TLS 1.3',
		values: [...onOff, { name: 'On, with 0-RTT', value: 'zrt' }],
		default: 'on',
	},
];

const OTHER = 'other';

const settingOptions: INodePropertyOptions[] = [
	...byName(choices.map(({ name, value, description }) => ({ name, value, description }))),
	{ name: 'Other', value: OTHER, description: 'Any setting, by its name in the API' },
];

export const settingFields: INodeProperties[] = [
	{
		displayName: 'Setting',
		name: 'setting',
		type: 'options',
		options: settingOptions,
		default: 'security_level',
		description: 'The setting to change',
	},
	...choices.map(
		({ name, value, description, values, default: first }): INodeProperties => ({
			displayName: name,
			name: 'value',
			type: 'options',
			options: values,
			default: first,
			description,
			displayOptions: { show: { setting: [value] } },
		}),
	),
	{
		displayName: 'Setting Name',
		name: 'settingName',
		type: 'string',
		default: '',
		placeholder: 'e.g. browser_cache_ttl',
		description:
			'The name in the API. <a href="https://developers.cloudflare.com/api/resources/zones/subresources/settings/">All settings with their values</a>.',
		displayOptions: { show: { setting: [OTHER] } },
	},
	{
		displayName: 'Value (JSON)',
		name: 'valueJson',
		type: 'json',
		default: '"on"',
		description: 'The new value: a text in quotation marks, a number, true, false, or an object',
		displayOptions: { show: { setting: [OTHER] } },
	},
];

/** @throws InputError when there is no such setting, or it does not take the value */
export function readSetting(item: Item): { setting: PathSegment; value: unknown } {
	const chosen = item.value('setting', '');
	const choice = choices.find(({ value }) => value === chosen);
	if (choice) {
		const words = choice.values.map(({ value }) => String(value));
		return {
			setting: apiWord(chosen, [choice.value], 'Setting'),
			value: oneOf(item.value('value', ''), words, choice.name),
		};
	}
	oneOf(chosen, [...choices.map(({ value }) => value), OTHER], 'Setting');
	return {
		setting: apiName(item.value('settingName', ''), {
			field: 'Setting Name',
			example: 'browser_cache_ttl',
		}),
		value: jsonValue(item.value('valueJson', ''), 'Value (JSON)'),
	};
}
