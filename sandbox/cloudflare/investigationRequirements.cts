import type { Requirement } from './permissions.cjs';

const product = (anyOf: readonly string[], access: Requirement['access']): Requirement => ({
	style: 'product',
	anyOf,
	access,
});

function insights(scope: '/accounts/:account_id' | '/zones/:zone_id', group: string) {
	const base = `${scope}/security-center/insights`;
	const [read, write] = [product([group], 'Read'), product([group], 'Write')];
	return {
		[`GET ${base}`]: read,
		[`GET ${base}/class`]: read,
		[`GET ${base}/type`]: read,
		[`GET ${base}/severity`]: read,
		[`GET ${base}/:issue/audit-log`]: read,
		[`PUT ${base}/:issue/dismiss`]: write,
		[`PATCH ${base}/:issue/classification`]: write,
	};
}

const ACCOUNT_INSIGHTS = 'Account Security Center Insights';
const ACCESS = product(['Access: Apps and Policies'], 'Read');
// Source: official Terraform provider: alerting takes Account Settings too.
const ALERTING = product(['Notifications', 'Account Settings'], 'Read');

/** What insights, Access applications and alerts ask of the credential. */
export const INVESTIGATION_REQUIREMENTS: Readonly<Record<string, Requirement>> = {
	...insights('/accounts/:account_id', ACCOUNT_INSIGHTS),
	...insights('/zones/:zone_id', 'Zone Security Center Insights'),
	'GET /accounts/:account_id/security-center/insights/:issue/context': product(
		[ACCOUNT_INSIGHTS],
		'Read',
	),
	'GET /accounts/:account_id/access/apps': ACCESS,
	'GET /accounts/:account_id/access/apps/:app': ACCESS,
	'GET /accounts/:account_id/access/apps/:app/policies': ACCESS,
	'GET /zones/:zone_id/access/apps': ACCESS,
	'GET /zones/:zone_id/access/apps/:app': ACCESS,
	'GET /zones/:zone_id/access/apps/:app/policies': ACCESS,
	'GET /accounts/:account_id/alerting/v3/available_alerts': ALERTING,
	'GET /accounts/:account_id/alerting/v3/history': ALERTING,
	'GET /accounts/:account_id/alerting/v3/policies': ALERTING,
	'GET /accounts/:account_id/alerting/v3/policies/:policy': ALERTING,
};
