import { badQuery } from '../errors.cjs';
import { choice } from '../query.cjs';
import type { AccessApp } from './types.cjs';

type Filter = (app: AccessApp) => boolean;

const includes = (value: string | undefined, part: string): boolean =>
	value?.toLowerCase().includes(part.toLowerCase()) === true;

/** `key=value` among the target attributes of infrastructure and RDP applications. */
function hasTarget(given: string): Filter {
	const [, key, value] = /^([^=]+)=([^]+)$/.exec(given) ?? [];
	if (key === undefined) throw badQuery('target_attributes', given);
	return ({ target_criteria = [] }) =>
		target_criteria.some(({ target_attributes: own }) => own[key]?.includes(value) === true);
}

/**
 * Which applications the query asks for. Source: SDK 7.3: name and domain match in part unless `exact`;
 * `search` looks through the other fields.
 */
export function appFilter(query: URLSearchParams): Filter {
	const given = (name: string): string | undefined => query.get(name) || undefined;
	const exact = choice(query, 'exact', ['true', 'false']) === 'true';
	const matches = (value: string | undefined, wanted: string): boolean =>
		exact ? value === wanted : includes(value, wanted);
	const [name, domain, aud] = [given('name'), given('domain'), given('aud')];
	const [search, target] = [given('search'), given('target_attributes')];
	const filters: Filter[] = [];
	if (name !== undefined) filters.push((app) => matches(app.name, name));
	if (domain !== undefined) filters.push((app) => matches(app.domain, domain));
	if (aud !== undefined) filters.push((app) => app.aud === aud);
	if (search !== undefined)
		filters.push((app) => [app.name, app.domain, app.aud].some((each) => includes(each, search)));
	if (target !== undefined) filters.push(hasTarget(target));
	return (app) => filters.every((filter) => filter(app));
}
