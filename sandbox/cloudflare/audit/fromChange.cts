import type { Credential } from '../credentials.cjs';
import { isObject } from '../rulesets/shape.cjs';
import type { State } from '../state.cjs';
import type { Change } from '../types.cjs';
import type { Actor, AuditEvent, AuditRequest } from './types.cjs';

interface Wording {
	/** Kind of resource in version 1. */
	v1Type: string;
	v1Actions: Readonly<Record<Change['action'], string>>;
}

const PLAIN = { create: 'add', update: 'update', delete: 'delete' };
const WORDINGS: Readonly<Record<string, Wording>> = {
	dns_records: {
		v1Type: 'DNS_record',
		v1Actions: { create: 'rec_add', update: 'rec_set', delete: 'rec_del' },
	},
	zone_settings: { v1Type: 'zone', v1Actions: { ...PLAIN, update: 'change_setting' } },
	cache: { v1Type: 'zone', v1Actions: { ...PLAIN, update: 'purge' } },
};
const VERBS = { create: 'Create', update: 'Update', delete: 'Delete' };

function actorOf(credential: Credential | undefined, state: State, ip: string): Actor {
	if (credential === undefined) return { id: '', type: 'system', context: 'api' };
	const { id, name, email, ownedBy } = credential;
	if (ownedBy !== undefined)
		return { id: ownedBy, type: 'account', context: 'api_token', ip, token: { id, name } };
	const user = { id: state.user.id, type: 'user' as const, email: state.user.email, ip };
	return email === undefined
		? { ...user, context: 'api_token', token: { id, name } }
		: { ...user, context: 'api_key' };
}

/** Version 1 tells the value of a setting, not the setting around it. */
const valueOf = (product: string, value: unknown): unknown =>
	product === 'zone_settings' && isObject(value) ? (value.value ?? value.enabled) : value;

function metadataOf({ resource, before, after }: Change, zoneName?: string) {
	const known = isObject(after) ? after : isObject(before) ? before : {};
	const named = resource.product === 'zone_settings' ? resource.id : known.name;
	return {
		...(typeof named === 'string' && { name: named }),
		...(resource.product === 'dns_records' && { type: known.type, content: known.content }),
		...(zoneName !== undefined && { zone_name: zoneName }),
	};
}

/** The event that a change makes; undefined when its place is gone. */
export function eventOf(
	change: Change,
	state: State,
	request: AuditRequest | undefined,
	ip: string,
): AuditEvent | undefined {
	const { action, resource, scope } = change;
	const zone = scope.level === 'zone' ? state.zones.get(scope.id) : undefined;
	const accountId = scope.level === 'account' ? scope.id : zone?.account.id;
	if (accountId === undefined) return undefined;
	const { product, type, id } = resource;
	const { v1Type, v1Actions } = WORDINGS[product] ?? { v1Type: type, v1Actions: PLAIN };
	const credential = state.credentials.find(({ name }) => name === change.actor);
	const seconds = Math.floor(state.now() / 1000);
	return {
		// Logs keep whole seconds, so that several changes share one instant.
		time: seconds * 1000,
		accountId,
		actor: actorOf(credential, state, ip),
		succeeded: true,
		action: {
			type: action,
			v1: v1Actions[action],
			description: `${VERBS[action]} ${type.replaceAll('_', ' ')}`,
		},
		resource: { product, type, id, scope: scope.level === 'zone' ? 'zones' : 'accounts' },
		v1ResourceType: v1Type,
		...(zone && { zone: { id: zone.id, name: zone.name } }),
		...(request && { request }),
		before: valueOf(product, change.before),
		after: valueOf(product, change.after),
		metadata: metadataOf(change, zone?.name),
		versions: [1, 2],
	};
}
