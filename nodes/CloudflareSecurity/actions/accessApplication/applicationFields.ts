import type { INodeProperties } from 'n8n-workflow';
import { scopeFieldsFor } from '../../descriptions/targets';
import { InputError, shown } from '../../input/inputError';
import { readLocator } from '../../targets/locator';
import { uuid, type PathSegment } from '../../transport/path';
import type { Item } from '../item';

const FIELD = 'Application';

export const applicationScopeFields = scopeFieldsFor(
	'account',
	'For the applications of an account, where most are',
);

export const applicationField: INodeProperties = {
	displayName: FIELD,
	name: 'application',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The Access application. Type into the list to search names and domains.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an application…',
			typeOptions: { searchListMethod: 'searchAccessApplications', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. f174e90a-fafe-4643-bbbc-4a0ed4fc8415',
			hint: "The ID, or the dashboard's address of the application",
		},
	],
};

export const policiesField: INodeProperties = {
	displayName: 'Include Policies',
	name: 'includePolicies',
	type: 'boolean',
	default: false,
	description:
		'Whether to add the policies: who gets in, and under what conditions. It takes one more request for each application that comes without them.',
};

/** The dashboard's addresses hold the ID after the account's, which is no UUID. */
const DASHBOARD_URL =
	/^https?:\/\/(?:one\.)?dash\.cloudflare\.com\/\S*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;
const AUD = /^[0-9a-f]{64}$/i;

/** Sends nothing. @throws InputError when the field holds no application's ID */
export function readApplicationId(item: Item): PathSegment {
	const chosen = readLocator(item.value('application', ''), FIELD)?.value;
	if (chosen !== undefined && AUD.test(chosen)) {
		throw new InputError(
			FIELD,
			`got ${shown(chosen)}, which looks like an AUD tag`,
			"The application's ID; Get Many finds it by its AUD tag",
		);
	}
	const id = DASHBOARD_URL.exec(chosen ?? '')?.[1] ?? chosen;
	return uuid(id, { field: FIELD, mistakes: item.mistakes() });
}
