// Security insights: all filters, and those of a zone.
import { locator, seedIds } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, zone } from '../sdkCalls/helpers.cjs';
import { firstPage, ofAccount, ofZone } from './shared.cjs';

const insight = pairsOf('insight');

const { dmarc } = seedIds.insights;
const ofZoneById = { ...ofZone, insight: locator('id', dmarc) };
const notOurs = { classification: 'false_positive', rationale: 'Not ours' } as const;

export const insightPairs: readonly Pair[] = [
	insight(
		'getAll',
		'all filters',
		{
			...ofAccount,
			filters: {
				dismissed: 'false',
				issueClass: 'dmarc',
				issueClassNot: 'spf',
				issueType: ['email_security'],
				issueTypeNot: ['configuration_suggestion'],
				product: 'dns',
				productNot: 'access',
				severity: ['critical', 'low'],
				severityNot: ['moderate'],
				source: ['cloudflare'],
				subject: 'example.com',
				subjectNot: 'example.net',
			},
		},
		async (sdk) =>
			await sdk.securityCenter.insights.list({
				...account,
				dismissed: false,
				issue_class: ['dmarc'],
				'issue_class~neq': ['spf'],
				issue_type: ['email_security'],
				'issue_type~neq': ['configuration_suggestion'],
				product: ['dns'],
				'product~neq': ['access'],
				severity: ['critical', 'low'],
				'severity~neq': ['moderate'],
				source: ['cloudflare'],
				subject: ['example.com'],
				'subject~neq': ['example.net'],
				...firstPage,
			}),
	),
	insight('archive', 'of a zone', ofZoneById, async (sdk) => {
		await sdk.securityCenter.insights.dismiss(dmarc, { ...zone, dismiss: true });
	}),
	insight('classify', 'of a zone', { ...ofZoneById, rationale: 'Not ours' }, async (sdk) => {
		await sdk.securityCenter.insights.classification.update(dmarc, { ...zone, ...notOurs });
	}),
];
