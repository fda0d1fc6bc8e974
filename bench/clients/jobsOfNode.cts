import { locator } from './locator.cjs';
import type { JobName, Task } from '../protocol.cjs';

/** The parameters of our node for a job, as a workflow file holds them. */
export function parametersFor(task: Task): Record<string, unknown> | undefined {
	const account = locator('id', task.account);
	const list = (resource: string, more: object = {}) => ({
		authentication: 'token',
		resource,
		operation: 'getAll',
		returnAll: true,
		simplify: false,
		...more,
	});
	const times = {
		timeRange: 'between',
		since: task.since,
		before: task.before,
	};
	const jobs: Partial<Record<JobName, Record<string, unknown>>> = {
		zones: list('zone'),
		dnsRecords: list('dnsRecord', { zone: locator('id', task.zone) }),
		dnsSearch: list('dnsRecord', {
			searchIn: 'account',
			account,
			filters: { content: task.content },
		}),
		auditV2: list('auditLog', { account, source: 'v2', ...times }),
		auditV1: list('auditLog', { account, source: 'v1', ...times }),
		insights: list('insight', { scope: 'account', account }),
		block: {
			authentication: 'token',
			resource: 'ipBlock',
			operation: 'block',
			account,
			zone: locator('id', task.zone),
			addresses: '={{ $json.ip }}',
			// Unless asked, a run blocks no more than 1,000.
			...(task.size > 1000 && { options: { maxAddresses: task.size } }),
		},
		recordsOfZones: list('dnsRecord', { searchIn: 'account', account }),
		sweep: { authentication: 'token', resource: 'ipBlock', operation: 'removeExpired', account },
		checkPermissions: {
			authentication: 'token',
			resource: 'connection',
			operation: 'checkPermissions',
		},
	};
	return jobs[task.job];
}

/** What goes into the node. */
export const inputFor = ({ addresses }: Task): Array<Record<string, unknown>> | undefined =>
	addresses?.map((ip) => ({ ip }));
