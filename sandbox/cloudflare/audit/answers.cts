import type { State } from '../state.cjs';
import type { Actor, Entry } from './types.cjs';

/** Whole seconds, unless the event has more: sub-second digits occur. */
const written = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

const V1_ACTORS: Record<Actor['type'], 'user' | 'admin' | 'Cloudflare'> = {
	user: 'user',
	account: 'user',
	delegated_service: 'user',
	cloudflare_admin: 'admin',
	system: 'Cloudflare',
};

const text = (value: unknown): string =>
	value === undefined || value === null
		? ''
		: typeof value === 'string'
			? value
			: JSON.stringify(value);

/** As version 1 words it: old and new values as text, and a result that is a boolean. */
export function v1Entry(entry: Entry) {
	const { actor, action, resource, zone, request } = entry;
	return {
		id: entry.ids.v1,
		when: written(entry.time),
		action: { type: action.v1, result: entry.succeeded },
		actor: {
			id: actor.id,
			...(actor.email !== undefined && { email: actor.email }),
			...(actor.ip !== undefined && { ip: actor.ip }),
			type: V1_ACTORS[actor.type],
		},
		interface: actor.context === 'dash' ? 'UI' : request === undefined ? '' : 'API',
		// Settings and purges belong to the zone.
		resource: {
			type: entry.v1ResourceType,
			id: entry.v1ResourceType === 'zone' ? (zone?.id ?? '') : (resource.id ?? ''),
		},
		owner: { id: resource.scope === 'user' ? actor.id : entry.accountId },
		oldValue: text(entry.before),
		newValue: text(entry.after),
		metadata: entry.metadata,
	};
}

/** As version 2 words it: what nobody knows is left out, and there are no old and new values. */
export function v2Entry(entry: Entry, state: State) {
	const { actor, action, resource, zone, request } = entry;
	const name = state.accounts.get(entry.accountId)?.name;
	return {
		id: entry.ids.v2,
		account: { id: entry.accountId, name },
		action: {
			description: action.description,
			result: entry.succeeded ? 'success' : 'failure',
			time: written(entry.time),
			type: action.type,
		},
		actor: {
			...(actor.id !== '' && { id: actor.id }),
			context: actor.context,
			...(actor.email !== undefined && { email: actor.email }),
			...(actor.ip !== undefined && { ip_address: actor.ip }),
			...(actor.token && { token_id: actor.token.id, token_name: actor.token.name }),
			type: actor.type,
		},
		...(request && {
			raw: {
				cf_ray_id: request.ray,
				method: request.method,
				status_code: request.status,
				uri: request.uri,
				user_agent: request.userAgent,
			},
		}),
		resource: {
			...(resource.id !== undefined && { id: resource.id }),
			product: resource.product,
			type: resource.type,
			// Source: SDK 7.3 leaves the type of the scope open: Access alone answers an object here.
			scope: resource.product === 'access' ? { type: resource.scope } : resource.scope,
			...(request?.body !== undefined && { request: request.body }),
			...(request && resource.id !== undefined && { response: { id: resource.id } }),
		},
		...(zone && { zone }),
	};
}
