import ipaddr from 'ipaddr.js';
import { ApiError, badQuery } from '../errors.cjs';
import { contains } from '../language/compare.cjs';
import { choice } from '../query.cjs';
import type { State } from '../state.cjs';
import { v1Entry } from './answers.cjs';
import { instant } from './dates.cjs';
import { isVisible, isWithin, ordered } from './order.cjs';
import type { Entry } from './types.cjs';

type Test = (entry: Entry) => boolean;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function time(query: URLSearchParams, name: string): number | undefined {
	const given = query.get(name);
	if (given === null || given === '') return undefined;
	const found = instant(given);
	if (found === undefined) throw badQuery(name, given);
	return found;
}

/** Whether an actor's address is this one, or lies in this network. */
function addressTest(given: string): Test {
	const kind = given.includes('/') ? 'cidr' : 'ip';
	if (kind === 'cidr' ? !ipaddr.isValidCIDR(given) : !ipaddr.isValid(given))
		throw badQuery('actor.ip', given);
	return ({ actor }) => actor.ip !== undefined && contains({ kind, value: given }, actor.ip);
}

function tests(query: URLSearchParams): Test[] {
	const found: Test[] = [];
	const add = (name: string, test: (wanted: string) => Test) => {
		const wanted = query.get(name);
		if (wanted !== null && wanted !== '') found.push(test(wanted));
	};
	add('id', (wanted) => {
		if (!UUID.test(wanted)) throw badQuery('id', wanted);
		return ({ ids }) => ids.v1 === wanted.toLowerCase();
	});
	add(
		'action.type',
		(wanted) =>
			({ action }) =>
				action.v1 === wanted,
	);
	add('actor.email', (wanted) => {
		return ({ actor }) => actor.email?.toLowerCase() === wanted.toLowerCase();
	});
	add('actor.ip', addressTest);
	add(
		'zone.name',
		(wanted) =>
			({ zone }) =>
				zone?.name === wanted.toLowerCase(),
	);
	if (choice(query, 'hide_user_logs', ['true', 'false']) === 'true')
		found.push(({ resource }) => resource.scope !== 'user');
	return found;
}

function whole(query: URLSearchParams, name: string, fallback: number): number {
	const given = query.get(name);
	if (given === null) return fallback;
	if (!/^[1-9]\d*$/.test(given)) throw badQuery(name, given);
	return Number(given);
}

/**
 * One page of version 1. There are no totals: the end is a short page, and a page may be shorter than asked for because
 * it was cut down. Throws 400.
 */
export function v1Page(state: State, accountId: string, query: URLSearchParams): unknown[] {
	const { audit } = state;
	if (choice(query, 'export', ['true', 'false']) === 'true')
		throw new ApiError(400, { code: 1001, message: 'The stand-in does not export CSV' });
	const since = time(query, 'since') ?? -Infinity;
	const before = time(query, 'before') ?? Infinity;
	const page = whole(query, 'page', 1);
	const perPage = Math.min(whole(query, 'per_page', 100), 1000, audit.mostPerPage);
	const direction = choice(query, 'direction', ['asc', 'desc']) ?? 'desc';
	const wanted = tests(query);
	// Known for version 1: the start of a range belongs to it.
	const includes = { ...audit.includes, since: true };
	const now = state.now();
	const found = audit
		.entriesOf(accountId)
		.filter(
			(entry) =>
				isVisible(entry, 1, now) &&
				isWithin(entry, since, before, includes) &&
				wanted.every((test) => test(entry)),
		);
	if (page === 1) audit.salt += 1;
	return ordered(found, direction, audit, audit.salt)
		.slice((page - 1) * perPage, page * perPage)
		.map(v1Entry);
}
