import type { Requirement } from './permissions.cjs';

const product = (group: string, access: Requirement['access'] = 'Read'): Requirement => ({
	style: 'product',
	anyOf: [group],
	access,
});
const RECORDS = '/zones/:zone_id/dns_records';
const RECORD = `${RECORDS}/:dns_record_id`;
const ACCOUNT = '/accounts/:account_id';
const AUDIT = product('Account Settings');
const SETTING = '/zones/:zone_id/settings/:setting';

/** What DNS records, zone settings, the cache and audit logs ask of the credential. */
export const RECORDS_REQUIREMENTS: Readonly<Record<string, Requirement>> = {
	[`GET ${RECORDS}`]: product('DNS'),
	[`POST ${RECORDS}`]: product('DNS', 'Write'),
	[`GET ${RECORD}`]: product('DNS'),
	[`PATCH ${RECORD}`]: product('DNS', 'Write'),
	[`PUT ${RECORD}`]: product('DNS', 'Write'),
	[`DELETE ${RECORD}`]: product('DNS', 'Write'),
	[`GET ${SETTING}`]: product('Zone Settings'),
	[`PATCH ${SETTING}`]: product('Zone Settings', 'Write'),
	[`GET ${ACCOUNT}/audit_logs`]: AUDIT,
	[`GET ${ACCOUNT}/logs/audit`]: AUDIT,
	[`GET ${ACCOUNT}/logs/audit/:entry/history`]: AUDIT,
	[`GET ${ACCOUNT}/logs/audit/product_categories`]: AUDIT,
	'POST /zones/:zone_id/purge_cache': product('Cache Purge', 'Write'),
};
