import type { RunNodeInput } from './engine/index.cjs';
import { locator, mainAccount, output, seedIds, tokenCredential } from './nodeTest.cjs';

/** Parameters of the permission check for a zone and an account. */
export const check = {
	authentication: 'token',
	resource: 'connection',
	operation: 'checkPermissions',
	zone: locator('id', seedIds.zones['example.com']),
	account: mainAccount,
};
/** Neither zone nor account chosen. */
export const unnamed = { ...check, zone: locator('list', ''), account: locator('list', '') };

export interface Checked {
	resource: string;
	operation: string;
	level: string | null;
	permission: string | null;
	result: 'allowed' | 'missing' | 'unknown';
	reason?: string;
}
export interface Report {
	credential: Record<string, unknown>;
	accounts: { count: number; first: Array<{ id: string; name: string }>; note?: string } | null;
	zones: Report['accounts'];
	asked_about: Record<string, string | null>;
	allowed: number;
	missing: number;
	unknown: number;
	missing_permissions: string[];
	operations: Checked[];
}

export type Credentials = RunNodeInput['credentials'];

/** Runs the check and gives its one item. */
export async function report(
	parameters: object = check,
	credentials?: Credentials,
): Promise<Report> {
	const items = await output(parameters as Record<string, unknown>, { credentials });
	expect(items).toHaveLength(1);
	return items[0] as unknown as Report;
}
export const withToken = (apiToken: string, more: Record<string, string> = {}) =>
	tokenCredential({ apiToken, ...more });

/** The permissions with this result, sorted. */
export const permissionsThat = ({ operations }: Report, result: Checked['result']): string[] =>
	[...new Set(operations.filter((each) => each.result === result).map((each) => each.permission))]
		.filter((name) => name !== null)
		.sort();
