import { createHash } from 'node:crypto';
import type { State } from '../state.cjs';
import { v2Entry } from './answers.cjs';
import { instant } from './dates.cjs';
import { compare, isVisible, isWithin, ordered, positionOf, type Position } from './order.cjs';
import type { AuditTrail } from './trail.cjs';
import type { Entry } from './types.cjs';
import { v2Refusal } from './v2Refusal.cjs';

interface Walk {
	direction: 'asc' | 'desc';
	limit: number;
	salt: number;
	/** Where the page before ended. */
	after?: Position;
}

/** A time that has to be there. Throws 400. */
export function requiredTime(query: URLSearchParams, name: string): number {
	const given = query.get(name);
	if (given === null || given === '') throw v2Refusal(`${name} is required`);
	const found = instant(given);
	if (found === undefined)
		throw v2Refusal(`${name} must be a date or a time in RFC 3339 form: '${given}'`);
	return found;
}

/** Says whether two pages belong to one walk: all parameters but the cursor have to stay as they are. */
function fingerprint(query: URLSearchParams): string {
	const others = [...query].filter(([name]) => name !== 'cursor').map((pair) => pair.join('='));
	return createHash('sha256').update(others.sort().join('&')).digest('hex').slice(0, 16);
}

function walkOf(query: URLSearchParams, trail: AuditTrail): Walk {
	const direction = query.get('direction') || 'desc';
	if (direction !== 'asc' && direction !== 'desc')
		throw v2Refusal(`direction must be asc or desc: '${direction}'`);
	const limit = query.get('limit') ?? '100';
	if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > 1000)
		throw v2Refusal(`limit must be between 1 and 1000: '${limit}'`);
	const walk = { direction, limit: Math.min(Number(limit), trail.mostPerPage) } as const;
	const cursor = query.get('cursor') ?? '';
	if (cursor === '') {
		trail.salt += 1;
		return { ...walk, salt: trail.salt };
	}
	const [print, time, tie, salt] = Buffer.from(cursor, 'base64url').toString().split(' ');
	if (salt === undefined) throw v2Refusal('invalid cursor');
	if (print !== fingerprint(query))
		throw v2Refusal('the cursor belongs to a call with other parameters');
	return { ...walk, salt: Number(salt), after: { time: Number(time), tie: Number(tie) } };
}

/** One page of the entries that pass the test, with the cursor of the next. Throws 400. */
export function v2Page(
	state: State,
	accountId: string,
	query: URLSearchParams,
	test: (entry: Entry) => boolean,
) {
	const { audit } = state;
	const since = requiredTime(query, 'since');
	const before = requiredTime(query, 'before');
	if (since > before) throw v2Refusal('since must not be later than before');
	const { direction, limit, salt, after } = walkOf(query, audit);
	const sign = direction === 'asc' ? 1 : -1;
	const now = state.now();
	const found = audit
		.entriesOf(accountId)
		.filter(
			(entry) =>
				isVisible(entry, 2, now) &&
				isWithin(entry, since, before, audit.includes) &&
				(after === undefined || sign * compare(positionOf(entry, audit, salt), after) > 0) &&
				test(entry),
		);
	const page = ordered(found, direction, audit, salt).slice(0, limit);
	const last = page.at(-1);
	const more = last !== undefined && found.length > page.length;
	const end = more ? positionOf(last, audit, salt) : undefined;
	const cursor =
		end &&
		Buffer.from([fingerprint(query), end.time, end.tie, salt].join(' ')).toString('base64url');
	return {
		result: page.map((entry) => v2Entry(entry, state)),
		result_info: {
			// Text, as the documentation shows it; the schema says number.
			count: String(page.length),
			...(cursor && (audit.cursorPlace === 'cursor' ? { cursor } : { cursors: { after: cursor } })),
		},
	};
}
