import { badQuery } from '../errors.cjs';
import { choice } from '../query.cjs';
import { MODES, TARGETS, type AccessRule } from './types.cjs';

type Test = (rule: AccessRule) => boolean;

const ORDERS: Readonly<Record<string, (rule: AccessRule) => string>> = {
	'configuration.target': ({ configuration }) => configuration.target,
	'configuration.value': ({ configuration }) => configuration.value,
	mode: ({ mode }) => mode,
};

/** The names that the parameters once had still work. Source: fail2ban's action, which could lift no ban otherwise. */
function withOldNames(query: URLSearchParams): URLSearchParams {
	const current = new URLSearchParams();
	for (const [name, value] of query) {
		const renamed = name.replace(/^configuration_(target|value)$/, 'configuration.$1');
		current.append(renamed, value);
	}
	return current;
}

function tests(query: URLSearchParams, searchesIp6: boolean): Test[] {
	const mode = choice(query, 'mode', MODES);
	const target = choice(query, 'configuration.target', TARGETS);
	if (target === 'ip6' && !searchesIp6) throw badQuery('configuration.target', target);
	const value = query.get('configuration.value') ?? '';
	const notes = query.get('notes') ?? '';
	const found: Array<Test | false> = [
		mode !== undefined && ((rule) => rule.mode === mode),
		target !== undefined && (({ configuration }) => configuration.target === target),
		// The value as it is kept: whether a short IPv6 address finds its long form is not documented.
		value !== '' && (({ configuration }) => configuration.value === value),
		notes !== '' && ((rule) => rule.notes.toLowerCase().includes(notes.toLowerCase())),
	];
	return found.filter((test) => test !== false);
}

/** The rules that the query wants, in its order; the oldest first when it names none. */
export function found(
	rules: AccessRule[],
	query: URLSearchParams,
	searchesIp6: boolean,
): AccessRule[] {
	const wanted = tests(withOldNames(query), searchesIp6);
	const any = choice(query, 'match', ['all', 'any']) === 'any' && wanted.length > 0;
	const kept = rules.filter((rule) =>
		any ? wanted.some((test) => test(rule)) : wanted.every((test) => test(rule)),
	);
	const order = choice(query, 'order', Object.keys(ORDERS));
	const sign = choice(query, 'direction', ['asc', 'desc']) === 'desc' ? -1 : 1;
	if (order === undefined) return sign < 0 ? kept.reverse() : kept;
	const by = ORDERS[order];
	const compare = (left: string, right: string) => (left < right ? -1 : Number(left > right));
	return kept.sort((left, right) => sign * compare(by(left), by(right)));
}
