import type { OperationRun } from '../../support/operationRuns/index.cjs';

type Holds = (run: OperationRun) => boolean;
const ofResources =
	(...resources: string[]): Holds =>
	({ resource }) =>
		resources.includes(resource);

/** Which runs of the catalogue each file tries with faults. A test of the catalogue sees to it that none is in no part or in two. */
export const parts = {
	blocks: ({ resource, operation }) => resource === 'ipBlock' && operation === 'block',
	unblocks: ({ resource, operation }) => resource === 'ipBlock' && operation !== 'block',
	lists: ofResources('ipList'),
	records: ofResources('dnsRecord'),
	rules: ofResources('rulesetRule', 'ipAccessRule'),
	zonesAndInsights: ofResources('zone', 'insight'),
	investigation: ofResources(
		'account',
		'auditLog',
		'alertHistory',
		'accessApplication',
		'connection',
		'ruleset',
	),
} satisfies Record<string, Holds>;

export type Part = keyof typeof parts;
