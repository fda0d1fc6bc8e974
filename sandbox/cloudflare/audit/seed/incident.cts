import { id } from '../../seed/ids.cjs';
import { seedIds } from '../../seed/seedIds.cjs';
import type { Actor, AuditEvent } from '../types.cjs';
import { people } from './people.cjs';

const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;
const { mainAccount, zones, rulesets } = seedIds;
const zone = { id: zones['example.com'], name: 'example.com' };
const { intruder, intruderToken } = people;

interface Step {
	/** Seconds after the first. */
	at: number;
	actor: Actor;
	action: AuditEvent['action'];
	resource: AuditEvent['resource'];
	v1ResourceType: string;
	method: string;
	uri: string;
	zone?: AuditEvent['zone'];
	succeeded?: false;
	before?: unknown;
	after?: unknown;
	metadata: Record<string, unknown>;
}

const account = (path: string): string => `/accounts/${mainAccount}/${path}`;
const resource = (
	product: string,
	type: string,
	scope: 'accounts' | 'zones' | 'user',
	resourceId: string,
) => ({ product, type, scope, id: resourceId });
const session = resource('login', 'session', 'user', intruder.id);
const token = resource('api_tokens', 'api_token', 'user', intruderToken.token?.id ?? '');
const member = resource('members', 'member', 'accounts', id('member', 'mallory@attacker.example'));
const record = resource(
	'dns_records',
	'dns_record',
	'zones',
	id('dns_record', 'A/old-shop.example.com/198.51.100.77'),
);
const ruleset = resource('rulesets', 'ruleset', 'zones', rulesets.exampleComCustom);
const job = resource('logpush', 'logpush_job', 'accounts', id('logpush_job', 'audit-to-siem'));
const policy = resource('alerting', 'notification_policy', 'accounts', id('policy', 'Sign-in'));
const login = {
	action: { type: 'login', v1: 'login', description: 'Log in' },
	resource: session,
	v1ResourceType: 'account',
	method: 'POST',
	uri: '/login',
} as const;

/** A stolen session, step by step: what a playbook should find and put together. */
const STEPS: readonly Step[] = [
	{ ...login, at: 0, actor: intruder, succeeded: false, metadata: { two_factor: false } },
	{ ...login, at: 20, actor: intruder, succeeded: false, metadata: { two_factor: false } },
	{ ...login, at: 45, actor: intruder, metadata: { two_factor: false } },
	{
		at: 130,
		actor: intruder,
		action: { type: 'create', v1: 'token_create', description: 'Create api token' },
		resource: token,
		v1ResourceType: 'api_token',
		method: 'POST',
		uri: '/user/tokens',
		after: { name: 'backup', permissions: ['DNS Write', 'Zone WAF Write', 'Logs Write'] },
		metadata: { name: 'backup' },
	},
	{
		at: 200,
		actor: intruder,
		action: { type: 'create', v1: 'add', description: 'Add member' },
		resource: member,
		v1ResourceType: 'account_member',
		method: 'POST',
		uri: account('members'),
		after: { email: 'mallory@attacker.example', roles: ['Super Administrator'] },
		metadata: { email: 'mallory@attacker.example' },
	},
	{
		at: 320,
		actor: intruderToken,
		action: { type: 'update', v1: 'rec_set', description: 'Update dns record' },
		resource: record,
		v1ResourceType: 'DNS_record',
		method: 'PATCH',
		uri: `/zones/${zone.id}/dns_records/${record.id}`,
		zone,
		before: { name: 'old-shop.example.com', type: 'A', content: '198.51.100.70' },
		after: { name: 'old-shop.example.com', type: 'A', content: '198.51.100.77' },
		metadata: { name: 'old-shop.example.com', type: 'A', zone_name: zone.name },
	},
	{
		at: 321,
		actor: intruderToken,
		action: { type: 'update', v1: 'update', description: 'Update ruleset' },
		resource: ruleset,
		v1ResourceType: 'ruleset',
		method: 'PUT',
		uri: `/zones/${zone.id}/rulesets/${rulesets.exampleComCustom}`,
		zone,
		before: { rules: [{ ref: 'block_scanners', enabled: true }] },
		after: { rules: [{ ref: 'block_scanners', enabled: false }] },
		metadata: { name: 'default', zone_name: zone.name },
	},
	{
		at: 321,
		actor: intruderToken,
		action: { type: 'delete', v1: 'delete', description: 'Delete logpush job' },
		resource: job,
		v1ResourceType: 'logpush.job',
		method: 'DELETE',
		uri: account(`logpush/jobs/${job.id}`),
		before: { name: 'audit-to-siem', dataset: 'audit_logs_v2', enabled: true },
		metadata: { name: 'audit-to-siem' },
	},
	{
		at: 321,
		actor: intruderToken,
		action: { type: 'delete', v1: 'delete', description: 'Delete notification policy' },
		resource: policy,
		v1ResourceType: 'notification_policy',
		method: 'DELETE',
		uri: account(`alerting/v3/policies/${policy.id}`),
		before: { name: 'Sign-in from a new country', enabled: true },
		metadata: { name: 'Sign-in from a new country' },
	},
];

const text = (at: number, method: string): string =>
	`${method === 'DELETE' ? '8d' : '8c'}${String(at).padStart(14, '0')}`;

/** The steps as events of the main account, two days before the start. */
export const incident = (): AuditEvent[] =>
	STEPS.map(({ at, method, uri, succeeded = true, ...event }) => ({
		...event,
		time: at * 1000 - TWO_DAYS,
		accountId: mainAccount,
		succeeded,
		request: {
			method,
			uri,
			status: succeeded ? 200 : 500,
			// Attackers choose this text; it must stay text wherever it ends up.
			userAgent: 'Mozilla/5.0 ({{ $env.HOME }}) "or 1 eq 1',
			ray: text(at, method),
		},
		versions: [1, 2],
	}));
