import Cloudflare from 'cloudflare';
import type { AuditListParams } from 'cloudflare/resources/accounts/logs/audit';
import type { InsightListResponse } from 'cloudflare/resources/security-center/insights/insights';
import { seedIds } from '../../../sandbox/cloudflare/index.cjs';

/** The parameters of our node. */
export type Given = Readonly<Record<string, unknown>>;

/** The calls that a person would write with the official SDK for the job of one run. */
export type SdkCalls = (sdk: Cloudflare, given: Given) => Promise<unknown>;

/** Job by job, named as the run that they are compared with. */
export type SdkJobs = Readonly<Record<string, SdkCalls>>;

export const account = { account_id: seedIds.mainAccount };
export const zone = { zone_id: seedIds.zones['example.com'] };
export const otherZone = { zone_id: seedIds.zones['example.net'] };

export const phase = 'http_request_firewall_custom' as const;

/** Finds a zone by its name. */
export async function zoneNamed(sdk: Cloudflare, name: string): Promise<{ zone_id: string }> {
	const { result } = await sdk.zones.list({ name, page: 1, per_page: 50 });
	return { zone_id: result[0].id };
}

export const exampleCom = async (sdk: Cloudflare) => await zoneNamed(sdk, 'example.com');

/** What was chosen in a resource locator. */
export function chosen(given: Given, field: string): string {
	const { value } = given[field] as { value: unknown };
	return String(value);
}

/** For calls whose refusal is an answer too. */
export async function attempt<T>(call: PromiseLike<T>): Promise<T | undefined> {
	try {
		return await call;
	} catch (error) {
		if (error instanceof Cloudflare.APIError) return undefined;
		throw error;
	}
}

const DAY = 86_400_000;
export const lastMonth = () => ({
	since: new Date(Date.now() - 30 * DAY).toISOString(),
	before: new Date().toISOString(),
});

/** The SDK types the whole result as one item of a list, which it is not. */
export const insightsIn = ({ result }: { result: object }) => result as InsightListResponse;

/** All pages of version 2 of the audit log. */
export async function auditPages(sdk: Cloudflare, params: AuditListParams): Promise<void> {
	let cursor: string | undefined;
	do {
		const { result_info } = await sdk.accounts.logs.audit.list({ ...params, cursor });
		cursor = result_info.cursors?.after;
	} while (cursor);
}
