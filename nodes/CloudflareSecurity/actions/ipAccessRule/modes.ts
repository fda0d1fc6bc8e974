import type { INodePropertyOptions } from 'n8n-workflow';

/** The API's words, with the dashboard's names. */
export const modeOptions: INodePropertyOptions[] = [
	{
		name: 'Allow',
		value: 'whitelist',
		description: 'Let through, past custom rules, rate limiting rules and managed rules',
	},
	{ name: 'Block', value: 'block', description: 'Refuse every request' },
	{
		name: 'Interactive Challenge',
		value: 'challenge',
		description: 'Ask the visitor to solve a challenge',
	},
	{
		name: 'JS Challenge',
		value: 'js_challenge',
		description: 'Run a script that people do not notice',
	},
	{
		name: 'Managed Challenge',
		value: 'managed_challenge',
		description: 'Let Cloudflare choose a challenge that fits the visitor',
	},
];

export const modes = modeOptions.map(({ value }) => String(value));
