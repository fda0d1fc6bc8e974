import { eventsPerPoll } from '../nodes/CloudflareSecurity/trigger/limits';
import {
	createCloudflare,
	sandboxCredentials,
	seedIds,
	SHARED_ADDRESS,
	type Cloudflare,
} from '../sandbox/cloudflare/index.cjs';
import { proofOf, reportId } from './proof.cjs';
import { ZONES_OF_RECORDS } from './titles.cjs';
import type { JobName, ListSpec, Proof, Task } from './protocol.cjs';

const { mainAccount: account, zones } = seedIds;
const zone = zones['example.com'];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Zones of the second account that lists show as well. */
const OTHER_ZONES = 2;
/** The stand-in has events of the last 30 days; these are before them. */
const AUDIT_BEGIN_DAYS = 45;
const EVENT_SPACING = 100;
const QUIET_ACCOUNT = 2;

export interface World {
	cloudflare: Cloudflare;
	task: Task;
	/** Whether every call reads, and the same answers can serve all clients. */
	constant: boolean;
	/** What the client must end up with; asked for after its run. */
	expected(): Proof;
	/** What happens at Cloudflare between the client's preparation and its run. */
	happen?(): void;
}

const options = (perPage: number, defaultPageSize: number) =>
	({ query: {}, pageSize: perPage, defaultPageSize, sizeParameter: 'per_page' }) as const;

const zoneList: ListSpec = { path: '/zones', ...options(50, 20), paging: 'total' };

const LISTS: Partial<Record<JobName, ListSpec>> = {
	zones: zoneList,
	dnsSearch: { ...zoneList, query: { 'account.id': account } },
	recordsOfZones: { ...zoneList, query: { 'account.id': account } },
	dnsRecords: { path: `/zones/${zone}/dns_records`, ...options(5000, 100), paging: 'total' },
	auditV2: {
		path: `/accounts/${account}/logs/audit`,
		...options(1000, 100),
		sizeParameter: 'limit',
		paging: 'cursor',
	},
	auditV1: { path: `/accounts/${account}/audit_logs`, ...options(1000, 100), paging: 'short' },
	insights: {
		path: `/accounts/${account}/security-center/insights`,
		...options(1000, 25),
		paging: 'total',
		rowsIn: 'issues',
	},
};

export const addressesToBlock = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => `45.1.${index >> 8}.${index & 255}`);

/** A Cloudflare with what the job is about. */
export function createWorld(job: JobName, size: number): World {
	const cloudflare = createCloudflare({
		...(job === 'zones' && { zones: Math.max(4, size - OTHER_ZONES) }),
		...(job === 'dnsSearch' && { zones: size }),
		...(job === 'recordsOfZones' && { zones: Math.min(size, ZONES_OF_RECORDS) }),
		...(job === 'insights' && { insights: size }),
		// Runs of several clients share one window; the real quota of 1,200 is enough for each of them alone.
		rateLimit: { quota: 100_000, windowSeconds: 300 },
	});
	const { state } = cloudflare;
	const list = LISTS[job];
	const task: Task = { job, size, apiToken: sandboxCredentials.userToken, account, zone, list };
	const world = { cloudflare, task, constant: list !== undefined };
	const constant = (ids: string[]): World => ({ ...world, expected: () => proofOf(ids) });

	switch (job) {
		case 'zones': {
			const seen = [...state.zones.values()].filter(({ type }) => type !== 'internal');
			return constant(seen.map(({ id }) => id));
		}
		case 'dnsRecords': {
			state.dns.fill(zone, size);
			return constant([...state.dns.recordsOf(state.zones.get(zone)!).keys()]);
		}
		case 'dnsSearch': {
			task.content = SHARED_ADDRESS;
			const own = [...state.zones.values()].filter(
				(each) => each.account.id === account && each.type !== 'internal',
			);
			const records = own.flatMap((each) => [...state.dns.recordsOf(each).values()]);
			return constant(
				records.filter(({ content }) => content === SHARED_ADDRESS).map(({ id }) => id),
			);
		}
		case 'recordsOfZones': {
			const own = [...state.zones.values()].filter(
				(each) => each.account.id === account && each.type !== 'internal',
			);
			for (const { id } of own) state.dns.fill(id, Math.ceil(size / own.length));
			return constant(own.flatMap((each) => [...state.dns.recordsOf(each).keys()]));
		}
		case 'auditV1':
		case 'auditV2': {
			const time = Date.now() - AUDIT_BEGIN_DAYS * DAY;
			const before = time + size * EVENT_SPACING;
			task.since = new Date(time).toISOString();
			task.before = new Date(before).toISOString();
			task.list = { ...list!, query: { since: task.since, before: task.before } };
			const entries = state.audit.burst({ count: size, time, spacing: EVENT_SPACING });
			return constant(entries.map(({ ids }) => (job === 'auditV1' ? ids.v1 : ids.v2)));
		}
		case 'insights': {
			const own = state.insights.value.filter(({ accountId }) => accountId === account);
			return constant(own.map(({ insight }) => insight.id));
		}
		case 'block':
			return blockWorld(world);
		case 'sweep': {
			const swept = blockWorld(world);
			state.lists.fill(state.lists.named(account, LIST_NAME)!, swept.task.addresses!);
			// Nothing is over, so nothing is removed.
			return {
				...swept,
				constant: true,
				task: { ...task, addresses: undefined },
				expected: () => proofOf([]),
			};
		}
		case 'quietPoll':
		case 'burst':
		case 'burstLargest':
			return pollWorld(world);
		case 'checkPermissions':
			return { ...world, expected: () => proofOf([reportId({ usable: true })]) };
	}
}

const LIST_NAME = 'n8n_blocklist';

function blockWorld(world: Omit<World, 'expected'>): World {
	const { task, cloudflare } = world;
	const { lists } = cloudflare.state;
	const made = lists.add(
		{ accountId: account, name: LIST_NAME, kind: 'ip', description: '' },
		'0b10c0b10c0b10c0b10c0b10c0b10c01',
	);
	task.addresses = addressesToBlock(task.size);
	task.blockList = made.id;
	return {
		...world,
		// What the list holds in the end, whatever the client says.
		expected() {
			const items = lists.named(account, LIST_NAME)?.items.values() ?? [];
			const blocked = proofOf([...items].flatMap((item) => ('ip' in item ? [item.ip] : [])));
			const wanted = proofOf(task.addresses ?? []);
			if (blocked.digest !== wanted.digest)
				throw new Error(`${blocked.rows} of ${wanted.rows} addresses are in the list`);
			return wanted;
		},
	};
}

function pollWorld(world: Omit<World, 'expected'>): World {
	const { task, cloudflare } = world;
	const { audit, accounts } = cloudflare.state;
	// One in which nothing happened lately.
	task.account = [...accounts.keys()][QUIET_ACCOUNT];
	if (task.job === 'burstLargest') task.eventsPerPoll = eventsPerPoll.max;
	let ids: string[] = [];
	return {
		...world,
		expected: () => proofOf(ids),
		...(task.job !== 'quietPoll' && {
			happen() {
				// Events of some seconds that all came in late by less than the look-back.
				const time = Date.now() - 5 * MINUTE;
				ids = audit
					.burst({ count: task.size, time, spacing: 2, event: { accountId: task.account } })
					.map((entry) => entry.ids.v2);
			},
		}),
	};
}
