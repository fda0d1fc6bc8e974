import type { State } from '../state.cjs';
import type { Change } from '../types.cjs';
import { eventOf } from './fromChange.cjs';
import { idsOf } from './ids.cjs';
import { seedEvents } from './seed/events.cjs';
import { plainEvent } from './plainEvent.cjs';
import type { AuditEvent, AuditRequest, Entry } from './types.cjs';

export interface Burst {
	count: number;
	/** Time of the first; now. Milliseconds. */
	time?: number;
	/** Time between two of them; 0: all in one instant. Milliseconds. */
	spacing?: number;
	/** What all of them have in common. */
	event?: Partial<AuditEvent>;
	/** How long they stay out of sight from now on; as `delay`. Milliseconds. */
	visibleAfter?: number;
}

/** More than any account has: what is seeded arrived before everything else. */
const SEEDED = 1_000_000;

/** The audit log of every account. What lies before the start of the sandbox is made when first asked for. */
export class AuditTrail {
	/** Where answers of version 2 carry the next cursor: Cloudflare's sources name two places. */
	cursorPlace: 'cursor' | 'cursors.after' = 'cursors.after';
	/** How long new events stay out of sight: Cloudflare promises nothing. Milliseconds. */
	delay = 0;
	/** In which order events of one instant come: as they arrived, or in another order for each walk. */
	ties: 'stable' | 'shuffled' = 'stable';
	/** Whether the ends of a range belong to it. Undocumented, but for `since` in version 1, which is inclusive. */
	includes: { since: boolean; before: boolean } = { since: true, before: false };
	/** The largest page of either version. */
	mostPerPage = 1000;
	/** The address from which every request seems to come. */
	callerAddress = '192.0.2.200';
	/** Tells of the request that is being answered; routes answer one at a time. */
	request: (() => AuditRequest) | undefined;
	/** Changes with every walk through shuffled ties. */
	salt = 0;

	private readonly byAccount = new Map<string, Entry[]>();
	/** Written, but not yet sorted in: writing stays cheap until somebody reads. */
	private readonly pending = new Map<string, Entry[]>();
	private readonly startedAt: number;
	private arrived = 0;

	constructor(private readonly state: State) {
		this.startedAt = Math.floor(state.now() / 1000) * 1000;
	}

	/** The entries of an account, oldest first, and of one instant in order of arrival. */
	entriesOf(accountId: string): readonly Entry[] {
		const known = this.byAccount.get(accountId);
		const fresh = this.pending.get(accountId);
		if (known !== undefined && fresh === undefined) return known;
		const entries = [...(known ?? this.seeded(accountId)), ...(fresh ?? [])];
		entries.sort((left, right) => left.time - right.time || left.sequence - right.sequence);
		this.byAccount.set(accountId, entries);
		this.pending.delete(accountId);
		return entries;
	}

	/**
	 * Writes one event: what is not said is a changed DNS record of example.com. For an event of no zone, say
	 * `zone: undefined`. Gives the entry with its ids.
	 */
	add(event: Partial<AuditEvent> = {}, visibleAfter = this.delay): Entry {
		return this.burst({ count: 1, event, visibleAfter })[0];
	}

	/** Writes many events at once. */
	burst({ count, time, spacing = 0, event = {}, visibleAfter = this.delay }: Burst): Entry[] {
		const first = time ?? event.time ?? this.state.now();
		const common = { ...plainEvent(this.state), ...event };
		return Array.from({ length: count }, (_, index) =>
			this.write(common, first + index * spacing, visibleAfter),
		);
	}

	/** Writes what a call changed. */
	record(change: Change, request = this.request?.()): void {
		const event = eventOf(change, this.state, request, this.callerAddress);
		if (event !== undefined) this.write(event, event.time, this.delay);
	}

	private write(event: AuditEvent, time: number, visibleAfter: number): Entry {
		const sequence = this.arrived;
		this.arrived += 1;
		const visibleAt = this.state.now() + visibleAfter;
		const entry = { ...event, time, ids: idsOf('new', sequence), visibleAt, sequence };
		const pending = this.pending.get(event.accountId);
		if (pending === undefined) this.pending.set(event.accountId, [entry]);
		else pending.push(entry);
		return entry;
	}

	private seeded(accountId: string): Entry[] {
		return seedEvents(this.state, accountId).map((event, index) => {
			const time = this.startedAt + event.time;
			return { ...event, time, visibleAt: time, sequence: index - SEEDED };
		});
	}
}
