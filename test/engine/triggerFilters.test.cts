import { filtersOnWire } from '../support/auditLog.cjs';
import { idsOf, MINUTE, Watch } from '../support/auditTrigger.cjs';
import { locator, moveTime, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

type Event = NonNullable<Parameters<typeof cf.state.audit.add>[0]>;
type Actor = NonNullable<Event['actor']>;

const person = (email: string, ip: string): Actor => ({
	id: email,
	type: 'user',
	context: 'dash',
	email,
	ip,
});
const ofAccount = (
	product: string,
	type: string,
	action: Partial<Event['action']> = {},
): Event => ({
	resource: { product, type, id: '1', scope: 'accounts' },
	v1ResourceType: type,
	action: { type: 'update', v1: 'update', description: `Update ${type}`, ...action },
	zone: undefined,
	request: undefined,
	metadata: {},
	before: undefined,
	after: undefined,
});

/** One event of each kind, by a name for it. */
const EVENTS: Record<string, Event> = {
	dns: {},
	dnsDeleted: { action: { type: 'delete', v1: 'rec_del', description: 'Delete dns record' } },
	bob: { actor: person('bob@example.com', '203.0.113.80') },
	neighbour: { actor: person('bob@example.com', '203.0.113.201') },
	otherZone: {
		zone: { id: seedIds.zones['example.net'], name: 'example.net' },
		metadata: { zone_name: 'example.net' },
	},
	failed: { succeeded: false },
	login: ofAccount('login', 'session', { type: 'login', v1: 'login', description: 'Log in' }),
	token: ofAccount('api_tokens', 'api_token', { type: 'create', v1: 'token_create' }),
	member: ofAccount('members', 'member', { v1: 'change_role' }),
	ruleset: ofAccount('rulesets', 'ruleset'),
	access: ofAccount('access', 'access_application'),
	logpush: ofAccount('logpush', 'logpush_job'),
	notification: ofAccount('alerting', 'notification_policy'),
};
const NAMES = Object.keys(EVENTS);
const DNS = ['dns', 'dnsDeleted', 'bob', 'neighbour', 'otherZone', 'failed'];

/** Lets one event of each kind happen, and tells which of them come; nothing may come later. */
async function caught(trigger: Watch, source: 'v1' | 'v2'): Promise<string[]> {
	const names = new Map(
		Object.entries(EVENTS).map(([name, event]) => {
			const entry = cf.state.audit.add({ ...event, time: time.now() + 1_000 });
			return [entry.ids[source], name];
		}),
	);
	time.advance(MINUTE);
	const { ids, error } = await trigger.poll();
	if (error) throw error;
	time.advance(MINUTE);
	expect((await trigger.poll()).items).toBeNull();
	return ids.map((id) => names.get(id) ?? 'unknown').sort();
}

/** @returns the filters that the last poll sent */
async function expectCaught(parameters: Record<string, unknown>, wanted: string[]) {
	const source = parameters.source === 'v1' ? 'v1' : 'v2';
	const trigger = new Watch(cf, parameters);
	const { error } = await trigger.activate();
	if (error) throw error;
	expect(await caught(trigger, source)).toEqual([...wanted].sort());
	// What did not match was read all the same.
	expect(Math.abs(Number(trigger.trigger.state.head) - time.now() / 1000)).toBeLessThan(5);
	const { requests } = trigger.turns[trigger.turns.length - 1];
	return filtersOnWire(requests[requests.length - 1]);
}

describe.each(['v2', 'v1'] as const)('Trigger On, %s', (source) => {
	test.each<[group: string[], wanted: string[]]>([
		[['everything'], NAMES],
		[['signIns'], ['login']],
		[['credentials'], ['token']],
		[['members'], ['member']],
		[['dns'], DNS],
		[['waf'], ['ruleset']],
		[['access'], ['access']],
		[['logging'], ['logpush', 'notification']],
		[['failures'], ['failed']],
		[
			['signIns', 'credentials', 'failures'],
			['login', 'token', 'failed'],
		],
		[['dns', 'everything'], NAMES],
	])('%j', async (triggerOn, wanted) => {
		await expectCaught({ source, triggerOn }, wanted);
	});
});

describe('Filters of v2', () => {
	const { 'example.com': com, 'example.net': net } = seedIds.zones;
	test.each<[filters: object, wanted: string[], onWire: object]>([
		[{ actorEmail: 'bob@example.com' }, ['bob', 'neighbour'], { actor_email: ['bob@example.com'] }],
		[{ actorIp: '203.0.113.80' }, ['bob'], { actor_ip_address: ['203.0.113.80'] }],
		[{ actorIp: '203.0.113.0/24' }, ['bob', 'neighbour'], {}],
		[{ actorIp: '203.0.113.64/26' }, ['bob'], {}],
		[{ actionType: 'delete' }, ['dnsDeleted'], { action_type: ['delete'] }],
		[{ result: 'failure' }, ['failed'], { action_result: ['failure'] }],
		[
			{ productCategories: ['zero_trust', 'logs'] },
			['access', 'logpush'],
			{ product_category: ['zero_trust', 'logs'] },
		],
		[{ zone: locator('id', net) }, ['otherZone'], { zone_id: [net] }],
		[
			{ zone: locator('name', 'example.com') },
			DNS.filter((name) => name !== 'otherZone'),
			{ zone_id: [com] },
		],
		[
			{ actorEmail: 'bob@example.com', actorIp: '203.0.113.64/26' },
			['bob'],
			{ actor_email: ['bob@example.com'] },
		],
	])('%j', async (filters, wanted, onWire) => {
		expect(await expectCaught({ filters }, wanted)).toEqual(onWire);
	});

	test('with Trigger On, both have to fit', async () => {
		await expectCaught(
			{ triggerOn: ['failures', 'members'], filters: { actorIp: '198.51.100.0/24' } },
			['failed', 'member'],
		);
		await expectCaught({ triggerOn: ['members'], filters: { actorEmail: 'bob@example.com' } }, []);
	});
});

describe('Filters of v1', () => {
	test.each<[filters: object, wanted: string[], onWire: object]>([
		[
			{ actorEmail: 'bob@example.com' },
			['bob', 'neighbour'],
			{ 'actor.email': ['bob@example.com'] },
		],
		[{ actorIp: '203.0.113.80' }, ['bob'], { 'actor.ip': ['203.0.113.80'] }],
		[{ actorIp: '203.0.113.0/24' }, ['bob', 'neighbour'], { 'actor.ip': ['203.0.113.0/24'] }],
		[{ actionType: 'rec_del' }, ['dnsDeleted'], { 'action.type': ['rec_del'] }],
		[{ result: 'failure' }, ['failed'], {}],
		[{ zone: locator('name', 'example.net') }, ['otherZone'], { 'zone.name': ['example.net'] }],
		[
			{ zone: locator('id', seedIds.zones['example.net']) },
			['otherZone'],
			{ 'zone.name': ['example.net'] },
		],
	])('%j', async (filters, wanted, onWire) => {
		expect(await expectCaught({ source: 'v1', filters }, wanted)).toEqual(onWire);
	});
});

test('events that do not match are no part of the cap, and of the state neither', async () => {
	const trigger = new Watch(cf, { triggerOn: ['members'], options: { maxEvents: 2 } });
	await trigger.activate();
	cf.state.audit.burst({ count: 900, spacing: 10 });
	const members = cf.state.audit.burst({
		count: 3,
		time: time.now() + 10_000,
		spacing: 1_000,
		event: EVENTS.member,
	});
	time.advance(MINUTE);
	expect((await trigger.poll()).ids).toEqual(idsOf(members.slice(0, 2)));
	expect(trigger.trigger.stateBytes).toBeLessThan(300);
	expect((await trigger.poll()).ids).toEqual(idsOf(members.slice(2)));
});
