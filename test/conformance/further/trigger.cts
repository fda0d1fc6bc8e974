// The first polls of the trigger: from now on, and from a time in the past with events to give.
import type Cloudflare from 'cloudflare';
import type { AuditLogListParams } from 'cloudflare/resources/audit-logs/audit-logs';
import { sandboxCredentials } from '../../../sandbox/cloudflare/index.cjs';
import { createTrigger, mainAccount, tokenCredential } from '../../support/nodeTest.cjs';
import type { Differing, Pair } from '../requests/jobs.cjs';
import { account, type SdkCalls } from '../sdkCalls/helpers.cjs';

const DAY = 86_400_000;
const at = (time: number) => new Date(time).toISOString();

function trigger(
	what: string,
	parameters: () => object,
	sdk: SdkCalls,
	more: Differing = {},
): Pair {
	const job = {
		name: `trigger (${what})`,
		part: 'trigger',
		prepare: async () => ({ account: mainAccount, ...parameters() }),
		run: async (given: object) => {
			const credentials = more.credentials?.ours;
			const { error } = await createTrigger({ parameters: { ...given }, credentials }).activate();
			if (error) throw error;
		},
		...more,
	};
	return { job, sdk };
}

const ownChanges = { ignoreOwnChanges: true };
const fromYesterday = (options: object = {}) => ({
	options: { startFrom: at(Date.now() - DAY), ...options },
});
const sinceYesterday = () => ({ since: at(Date.now() - DAY), before: at(Date.now()) });
const accountToken = {
	ours: tokenCredential({ apiToken: sandboxCredentials.accountToken }),
	sdk: { apiToken: sandboxCredentials.accountToken },
};

const versionTwo = async (sdk: Cloudflare, range: { since: string; before: string }) =>
	await sdk.accounts.logs.audit.list({ ...account, ...range, direction: 'asc', limit: 1000 });

async function versionOne(sdk: Cloudflare, range: { since: string; before: string }) {
	const list: AuditLogListParams = { ...account, ...range, direction: 'asc', per_page: 1000 };
	const { result } = await sdk.auditLogs.list({ ...list, page: 1 });
	// There are no totals: a page of the default size or more may have another behind it.
	if (result.length >= 100) await sdk.auditLogs.list({ ...list, page: 2 });
}
/** The first poll only learns Cloudflare's time. */
const now = () => ({ since: at(Date.now()), before: at(Date.now()) });

export const triggerPairs: readonly Pair[] = [
	trigger(
		'version 2, from now on',
		() => ({}),
		async (sdk) => await versionTwo(sdk, now()),
	),
	trigger(
		'version 1, from now on',
		() => ({ source: 'v1' }),
		async (sdk) => await versionOne(sdk, now()),
	),
	trigger(
		'version 2, from yesterday',
		() => fromYesterday(ownChanges),
		async (sdk) => {
			await versionTwo(sdk, sinceYesterday());
			await sdk.user.tokens.verify();
		},
	),
	trigger(
		'version 2, with a token of the account',
		() => fromYesterday(ownChanges),
		async (sdk) => {
			await versionTwo(sdk, sinceYesterday());
			await sdk.accounts.tokens.verify(account);
		},
		{ credentials: accountToken },
	),
	trigger(
		'version 1, from yesterday',
		() => ({ source: 'v1', ...fromYesterday() }),
		async (sdk) => {
			await versionOne(sdk, sinceYesterday());
		},
	),
];
