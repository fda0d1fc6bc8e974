import type { Fault } from '../../sandbox/cloudflare/index.cjs';
import { blocking, sweeping } from './ipBlocks.cjs';
import { seedIds } from './nodeTest.cjs';

/** Parameters of Block by IP access rules, in example.com unless told. */
export const blockingByRule = (addresses: unknown, more: object = {}) =>
	blocking(addresses, { method: 'accessRule', ...more });

/** Likewise of Remove Expired. */
export const sweepingRules = (more: object = {}) => sweeping({ method: 'accessRule', ...more });

/** Where the access rules of example.com are. */
export const rulesPath = `/zones/${seedIds.zones['example.com']}/firewall/access_rules/rules`;

/** As when there is a rule about the same already. */
export const duplicate = {
	kind: 'status',
	status: 400,
	errors: [{ code: 10009, message: 'firewallaccessrules.api.duplicate_of_existing' }],
	match: { method: 'POST', path: rulesPath },
} satisfies Fault;
