// Access applications: all filters, and policies that the list leaves out.
import { seedIds, type Cloudflare } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, zone } from '../sdkCalls/helpers.cjs';
import { firstPage, ofAccount, ofZone } from './shared.cjs';

const application = pairsOf('accessApplication');

const { adminSite, zoneStaging } = seedIds.accessApps;

/** As when the list leaves them out. */
const withoutPolicies =
	(level: 'accounts' | 'zones', owner: string, id: string) => (cloudflare: Cloudflare) => {
		const found = cloudflare.state.accessApps.value.find(({ app }) => app.id === id)?.app;
		const result = [{ ...found, policies: undefined }];
		cloudflare.faults.add({
			kind: 'body',
			status: 200,
			body: JSON.stringify({ success: true, errors: [], messages: [], result }),
			match: { path: `/${level}/${owner}/access/apps` },
		});
	};
const withPolicies = { includePolicies: true, returnAll: true };
const all = { page: 1, per_page: 1000 };

export const accessApplicationPairs: readonly Pair[] = [
	application(
		'getAll',
		'all filters',
		{
			...ofAccount,
			filters: {
				aud: 'a'.repeat(64),
				domain: 'admin.example.com',
				exact: true,
				name: 'Admin Site',
				search: 'admin',
				targetAttributes: 'hostname=web-1',
			},
		},
		async (sdk) =>
			await sdk.zeroTrust.access.applications.list({
				...account,
				aud: 'a'.repeat(64),
				domain: 'admin.example.com',
				exact: true,
				name: 'Admin Site',
				search: 'admin',
				target_attributes: 'hostname=web-1',
				...firstPage,
			}),
	),
	application(
		'getAll',
		'with policies from their own list',
		{ ...ofAccount, ...withPolicies },
		async (sdk) => {
			const { applications: apps } = sdk.zeroTrust.access;
			await apps.list({ ...account, ...all });
			await apps.policies.list(adminSite, { ...account, ...all });
		},
		{ given: withoutPolicies('accounts', account.account_id, adminSite) },
	),
	application(
		'getAll',
		'of a zone, with policies from their own list',
		{ ...ofZone, ...withPolicies },
		async (sdk) => {
			const { applications: apps } = sdk.zeroTrust.access;
			await apps.list({ ...zone, ...all });
			await apps.policies.list(zoneStaging, { ...zone, ...all });
		},
		{ given: withoutPolicies('zones', zone.zone_id, zoneStaging) },
	),
];
