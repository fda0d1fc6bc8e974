import { domainToUnicode } from 'node:url';
import type { Routes } from '../call.cjs';
import { ok } from '../envelope.cjs';
import { badQuery } from '../errors.cjs';
import { seesZone } from '../permissions.cjs';
import { choice, paged, textFilter } from '../query.cjs';
import type { State } from '../state.cjs';
import type { Zone } from '../types.cjs';

type Filter = (zone: Zone) => boolean;

const TYPES: readonly string[] = ['full', 'partial', 'secondary', 'internal'];
const ORDERS: Record<string, (zone: Zone) => string> = {
	name: (zone) => zone.name,
	status: (zone) => zone.status,
	'account.id': (zone) => zone.account.id,
	'account.name': (zone) => zone.account.name,
	'plan.id': (zone) => zone.plan.id,
};

// Source: SDK 7.3: several types are one value with commas, not a repeated key.
function types(query: URLSearchParams): string[] | undefined {
	const given = query.get('type');
	if (given === null || given === '') return undefined;
	const wanted = given.split(',');
	if (query.getAll('type').length > 1 || !wanted.every((type) => TYPES.includes(type)))
		throw badQuery('type', query.getAll('type').join('&'));
	return wanted;
}

function filters(query: URLSearchParams, { zoneNameFilter }: State): Filter[] {
	const asked = zoneNameFilter === 'unicode' ? domainToUnicode : (zoneName: string) => zoneName;
	const name = textFilter(query, 'name');
	const accountName = textFilter(query, 'account.name');
	const accountId = query.get('account.id');
	const status = choice(query, 'status', ['initializing', 'pending', 'active', 'moved']);
	const wantedTypes = types(query);
	return [
		name && ((zone: Zone) => name(asked(zone.name))),
		accountName && ((zone: Zone) => accountName(zone.account.name)),
		accountId ? (zone: Zone) => zone.account.id === accountId : undefined,
		status && ((zone: Zone) => zone.status === status),
		wantedTypes && ((zone: Zone) => wantedTypes.includes(zone.type)),
	].filter((filter): filter is Filter => typeof filter === 'function');
}

function sorted(zones: Zone[], query: URLSearchParams): Zone[] {
	const order = ORDERS[choice(query, 'order', Object.keys(ORDERS)) ?? 'name'];
	const sign = choice(query, 'direction', ['asc', 'desc']) === 'desc' ? -1 : 1;
	const compare = (left: string, right: string) => (left < right ? -1 : Number(left > right));
	return zones.sort(
		(left, right) => sign * (compare(order(left), order(right)) || compare(left.name, right.name)),
	);
}

/**
 * Zones tell how long development mode lasts, and that goes on by itself. Their names are in Unicode, those of records
 * in Punycode. Source: cloudflare-go, issue 347 and pull request 690.
 */
const shown = (zone: Zone, { settings }: State): Zone => ({
	...zone,
	name: domainToUnicode(zone.name),
	development_mode: settings.developmentSeconds(zone),
});

export const zoneRoutes: Routes = {
	'GET /zones': ({ state, credential, query }) => {
		const wanted = filters(query, state);
		const matchAny = choice(query, 'match', ['all', 'any']) === 'any' && wanted.length > 0;
		const typesNamed = types(query) !== undefined;
		const found = [...state.zones.values()].filter(
			(zone) =>
				seesZone(credential, zone) &&
				(typesNamed || zone.type !== 'internal') &&
				(matchAny ? wanted.some((filter) => filter(zone)) : wanted.every((filter) => filter(zone))),
		);
		// Documented are 5 and more, but certbot asks for one zone and gets it.
		const page = paged(sorted(found, query), query, { default: 20, least: 1, most: 50 });
		const result = page.result.map((zone) => shown(zone, state));
		return ok(result, { result_info: page.result_info });
	},
	'GET /zones/:zone_id': (call) => ok(shown(call.zone(), call.state)),
};
