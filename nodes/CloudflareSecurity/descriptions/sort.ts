import type { INodeProperties } from 'n8n-workflow';

/** The words of the API. */
export const directions = ['asc', 'desc'] as const;

/** @param what the records that are sorted, in plural and without an article's capital: "the zones" */
export const directionOption = (what: string): INodeProperties => ({
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Ascending', value: 'asc' },
		{ name: 'Descending', value: 'desc' },
	],
	default: 'asc',
	description: `The direction in which ${what} are sorted`,
});
