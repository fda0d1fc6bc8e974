import type { INodePropertyOptions } from 'n8n-workflow';

/** Entries of a dropdown, alphabetically by what the user reads, as n8n's guidelines ask. */
export function byName(options: readonly INodePropertyOptions[]): INodePropertyOptions[] {
	return [...options].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
