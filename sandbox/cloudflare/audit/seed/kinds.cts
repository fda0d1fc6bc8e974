import { people } from './people.cjs';
import type { Actor } from '../types.cjs';

/** One kind of event that the seed is made of. */
export interface Kind {
	/** How often it occurs beside the others. */
	weight: number;
	product: string;
	type: string;
	v1Type: string;
	/** What version 1 calls creating, updating and deleting. */
	v1: [create: string, update: string, destroy: string];
	scope: 'accounts' | 'zones' | 'user';
	/** Path of the collection below the zone, the account or the user. */
	path: string;
	names: readonly string[];
	actors: readonly Actor[];
	/** Leaves out the id of the resource: its history is unavailable. */
	anonymous?: true;
}

const { alice, bob, carol, terraform, carolKey, agent, system, support } = people;
const plain: Kind['v1'] = ['add', 'update', 'delete'];

export const KINDS: readonly Kind[] = [
	{
		weight: 30,
		product: 'dns_records',
		type: 'dns_record',
		v1Type: 'DNS_record',
		v1: ['rec_add', 'rec_set', 'rec_del'],
		scope: 'zones',
		path: 'dns_records',
		names: ['www', 'api', 'mail', 'cdn', 'staging', '_dmarc'],
		actors: [alice, bob, terraform, carolKey],
	},
	{
		weight: 14,
		product: 'rulesets',
		type: 'ruleset',
		v1Type: 'ruleset',
		v1: plain,
		scope: 'zones',
		path: 'rulesets',
		names: ['Custom rules', 'Rate limits', 'Managed rules'],
		actors: [alice, bob, terraform],
	},
	{
		weight: 6,
		product: 'members',
		type: 'member',
		v1Type: 'account_member',
		v1: ['add', 'change_role', 'remove'],
		scope: 'accounts',
		path: 'members',
		names: ['dave@example.com', 'erin@example.com', 'carol@contractor.example'],
		actors: [alice],
	},
	{
		weight: 6,
		product: 'api_tokens',
		type: 'api_token',
		v1Type: 'api_token',
		v1: ['token_create', 'token_update', 'token_revoke'],
		scope: 'user',
		path: 'tokens',
		names: ['terraform', 'ci', 'reporting', 'carol-cli'],
		actors: [alice, bob, carol],
	},
	{
		weight: 10,
		product: 'access',
		type: 'access_application',
		v1Type: 'access_application',
		v1: plain,
		scope: 'accounts',
		path: 'access/apps',
		names: ['Admin Site', 'Grafana', 'Jenkins'],
		actors: [alice, bob, terraform],
	},
	{
		weight: 6,
		product: 'logpush',
		type: 'logpush_job',
		v1Type: 'logpush.job',
		v1: ['create', 'update', 'delete'],
		scope: 'accounts',
		path: 'logpush/jobs',
		names: ['audit-to-siem', 'http-to-bucket'],
		actors: [agent, alice],
	},
	{
		weight: 5,
		product: 'alerting',
		type: 'notification_policy',
		v1Type: 'notification_policy',
		v1: plain,
		scope: 'accounts',
		path: 'alerting/v3/policies',
		names: ['DDoS', 'Certificate expiry', 'Origin errors'],
		actors: [alice, bob],
	},
	{
		weight: 8,
		product: 'zone_settings',
		type: 'zone_setting',
		v1Type: 'zone',
		v1: ['change_setting', 'change_setting', 'change_setting'],
		scope: 'zones',
		path: 'settings',
		names: ['security_level', 'ssl', 'min_tls_version', 'always_use_https'],
		actors: [alice, bob, carol, support],
	},
	{
		weight: 4,
		product: 'cache',
		type: 'purge',
		v1Type: 'zone',
		v1: ['purge', 'purge', 'purge'],
		scope: 'zones',
		path: 'purge_cache',
		names: ['purge_cache'],
		actors: [bob, terraform],
		anonymous: true,
	},
	{
		weight: 5,
		product: 'ssl',
		type: 'certificate_pack',
		v1Type: 'certificate_pack',
		v1: plain,
		scope: 'zones',
		path: 'ssl/certificate_packs',
		names: ['Universal certificate', 'Advanced certificate'],
		actors: [system],
	},
];
