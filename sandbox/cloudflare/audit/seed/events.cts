import { id } from '../../seed/ids.cjs';
import { seedIds } from '../../seed/seedIds.cjs';
import type { State } from '../../state.cjs';
import { idsOf } from '../ids.cjs';
import type { Actor, AuditEvent, Entry } from '../types.cjs';
import { incident } from './incident.cjs';
import { KINDS, type Kind } from './kinds.cjs';
import { people } from './people.cjs';

const DAY = 24 * 60 * 60 * 1000;
const DAYS = 30;
/** Events of an account; the others have few. */
const COUNTS: Readonly<Record<string, number>> = {
	[seedIds.mainAccount]: 4000,
	[seedIds.secondAccount]: 300,
};
const FEW = 20;
const AGENTS = {
	dash: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/142.0 Safari/537.36',
	other: 'cloudflare-go/v5.2.0',
};

/** Numbers that look like chance and are the same in every run. */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let value = Math.imul(state ^ (state >>> 15), 1 | state);
		value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
		return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
	};
}

interface Maker {
	accountId: string;
	zones: Array<{ id: string; name: string }>;
	random: () => number;
}

const pick = <T,>(from: readonly T[], random: () => number): T =>
	from[Math.floor(random() * from.length)];

function kindOf(random: () => number): Kind {
	let left = random() * KINDS.reduce((sum, { weight }) => sum + weight, 0);
	for (const kind of KINDS) {
		left -= kind.weight;
		if (left < 0) return kind;
	}
	return KINDS[0];
}

const ACTIONS = ['create', 'update', 'delete'] as const;
const METHODS = { create: 'POST', update: 'PATCH', delete: 'DELETE' };
const VERBS = { create: 'Create', update: 'Update', delete: 'Delete' };

function requestOf(
	actor: Actor,
	method: string,
	uri: string,
	status: number,
	random: () => number,
) {
	if (actor.type === 'system') return undefined;
	const userAgent = actor.context === 'dash' ? AGENTS.dash : AGENTS.other;
	const ray = `8e${Math.floor(random() * 2 ** 48)
		.toString(16)
		.padStart(14, '0')}`;
	return { method, uri, status, userAgent, ray };
}

function event(kind: Kind, time: number, { accountId, zones, random }: Maker): AuditEvent {
	const actor = pick(kind.actors, random);
	const roll = random();
	const action = kind.anonymous || roll < 0.6 ? 'update' : ACTIONS[roll < 0.8 ? 0 : 2];
	const name = pick(kind.names, random);
	const zone = kind.scope === 'zones' ? pick(zones, random) : undefined;
	const setting = kind.product === 'zone_settings';
	const place = zone?.id ?? (kind.scope === 'user' ? actor.id : accountId);
	const target = setting ? name : id(kind.type, `audit/${place}/${name}`);
	const root = { zones: `/zones/${place}`, accounts: `/accounts/${place}`, user: '/user' };
	const collection = `${root[kind.scope]}/${kind.path}`;
	const isWhole = action === 'create' || kind.anonymous;
	// Version 2 logs no answer below 500 that refused something.
	const failed = random() < 0.03;
	const request = requestOf(
		actor,
		kind.anonymous ? 'POST' : METHODS[action],
		isWhole ? collection : `${collection}/${target}`,
		failed ? 500 : 200,
		random,
	);
	const coverage = random();
	return {
		time,
		accountId,
		actor,
		succeeded: !failed,
		action: {
			type: action,
			v1: kind.v1[ACTIONS.indexOf(action)],
			description: `${VERBS[action]} ${kind.type.replaceAll('_', ' ')}`,
		},
		resource: {
			product: kind.product,
			type: kind.type,
			scope: kind.scope,
			...(!kind.anonymous && { id: target }),
		},
		v1ResourceType: kind.v1Type,
		...(zone && { zone }),
		...(request && { request }),
		...(action !== 'create' &&
			!kind.anonymous && { before: setting ? 'medium' : { name, enabled: true } }),
		...(action !== 'delete' && { after: setting ? 'high' : { name, enabled: false } }),
		metadata: { name, ...(zone && { zone_name: zone.name }) },
		versions: coverage < 0.05 ? [1] : coverage < 0.1 ? [2] : [1, 2],
	};
}

/** Somebody signs in, or fails to. */
function login(time: number, { accountId, random }: Maker): AuditEvent {
	const actor = pick([people.alice, people.bob, people.carol], random);
	const failed = random() < 0.15;
	const request = requestOf(actor, 'POST', '/login', failed ? 500 : 200, random);
	return {
		time,
		accountId,
		actor,
		succeeded: !failed,
		action: { type: 'login', v1: 'login', description: 'Log in' },
		resource: { product: 'login', type: 'session', id: actor.id, scope: 'user' },
		v1ResourceType: 'account',
		...(request && { request }),
		metadata: { two_factor: !failed },
		versions: [1, 2],
	};
}

/** An event whose time counts from the start of the sandbox. */
export type SeedEvent = AuditEvent & Pick<Entry, 'ids'>;

// Hundreds of sandboxes are made in one process, and their logs differ in their dates alone.
const made = new Map<string, readonly SeedEvent[]>();

/** The log of the 30 days before the sandbox starts: the same in every run. */
export function seedEvents(state: State, accountId: string): readonly SeedEvent[] {
	const zones = [...state.zones.values()]
		.filter(({ account }) => account.id === accountId)
		.map(({ id: zoneId, name }) => ({ id: zoneId, name }))
		.slice(0, 14);
	const key = [accountId, ...zones.map((zone) => zone.id)].join();
	const known = made.get(key);
	if (known !== undefined) return known;
	const events = eventsOf(accountId, zones)
		.sort((left, right) => left.time - right.time)
		.map((each, index) => ({ ...each, ids: idsOf(accountId, index) }));
	made.set(key, events);
	return events;
}

function eventsOf(accountId: string, zones: Maker['zones']): AuditEvent[] {
	const count = COUNTS[accountId] ?? FEW;
	const random = chance(parseInt(accountId.slice(0, 8), 16));
	const maker: Maker = { accountId, zones, random };
	const usable = zones.length > 0;
	const events: AuditEvent[] = [];
	while (events.length < count) {
		// The last minute stays empty: what a test does comes after all of this.
		const exact = -60_000 - random() * (DAYS * DAY - 60_000);
		// Most times are whole seconds, as in Cloudflare's examples; some have more.
		const time = random() < 0.1 ? Math.floor(exact) : Math.floor(exact / 1000) * 1000;
		const kind = kindOf(random);
		if (!usable || random() < 0.12) events.push(login(time, maker));
		else events.push(event(kind, time, maker));
		// Automation changes several things in one second.
		const again = usable && random() < 0.03 ? 4 : 0;
		for (let index = 0; index < again; index += 1) events.push(event(KINDS[0], time, maker));
	}
	return accountId === seedIds.mainAccount ? [...events, ...incident()] : events;
}
