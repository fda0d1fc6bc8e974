import type { AuditEvent } from '../auditEvents/auditEvent';
import { isWithin } from '../auditEvents/actorNetwork';
import {
	formatNetwork,
	isSingleAddress,
	parseNetwork,
	type IpNetwork,
} from '../firewall/ipAddress';
import { InputError, shown } from '../input/inputError';
import { filterList, filterText, oneOf, wholeNumber, yesOrNo } from '../input/values';
import { readLocator } from '../targets/locator';
import type { Query } from '../transport/client';
import { hexId, uuid } from '../transport/path';
import { resultFilter, v2Filters, zoneIdFilter, type V2Filter } from './v2Filters';

/** The members of a collection of filters, as the user gave them. */
export type Given = Readonly<Record<string, unknown>>;
type Test = (event: AuditEvent) => boolean;

/** Filters that were read and found good. */
export interface AuditFilters {
	/** What the API applies. */
	query: Query;
	/** What the node applies to the answers; none when the API applies everything. */
	tests: readonly Test[];
	/** The zone field, still to be looked up. */
	zone?: unknown;
}

const wordsOf = ({ words }: V2Filter): string[] | undefined =>
	words?.map(({ value }) => String(value));

const checks: Readonly<
	Record<NonNullable<V2Filter['kind']>, (value: string, f: string) => string>
> = {
	hexId: (value, field) => hexId(value, { field }),
	statusCode: (value, field) => String(wholeNumber(value, { field, min: 100, max: 599 })),
	uuid: (value, field) => uuid(value, { field }),
};

const check = ({ kind, name }: V2Filter, value: string): string =>
	kind ? checks[kind](value, name) : value;

/** Expressions may give a number where text is asked for, such as a status code. */
const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

function oneValue(given: Given, filter: V2Filter): string | undefined {
	const { key, name } = filter;
	if (!Object.hasOwn(given, key)) return undefined;
	const text = filterText({ [key]: asText(given[key]) }, key, name);
	if (text === undefined) return undefined;
	const words = wordsOf(filter);
	return words ? oneOf(text.toLowerCase(), words, name) : check(filter, text);
}

function severalValues(given: Given, filter: V2Filter): string[] | undefined {
	const { key, name } = filter;
	if (!Object.hasOwn(given, key)) return undefined;
	const values = Array.isArray(given[key]) ? given[key].map(asText) : asText(given[key]);
	return filterList({ [key]: values }, key, `Exclude ${name}`, wordsOf(filter))?.map((value) =>
		check({ ...filter, name: `Exclude ${name}` }, value),
	);
}

function network(text: string, field: string): IpNetwork {
	const parsed = parseNetwork(text);
	if (parsed) return parsed;
	throw new InputError(
		field,
		`got ${shown(text)}`,
		'An IP address such as 203.0.113.7, or a CIDR network such as 203.0.113.0/24',
	);
}

/** A filter that was added in the editor and left empty must not mean the zone of the credential. */
function zoneOf(given: Given): { zone?: unknown } {
	if (!Object.hasOwn(given, 'zone')) return {};
	if (readLocator(given.zone, 'Zone')) return { zone: given.zone };
	throw new InputError(
		'Zone',
		'nothing was chosen',
		'A zone of the account; or remove this filter',
	);
}

/** A filter of the other source, from an expression, must not be ignored. */
function refuseUnknown(given: Given, known: readonly string[], source: string): void {
	const unknown = Object.keys(given).find((key) => !known.includes(key));
	if (unknown === undefined) return;
	throw new InputError(
		'Filters',
		`${source} has no filter ${shown(unknown)}`,
		`One of: ${known.join(', ')}`,
	);
}

const v2Special = ['actorIp', 'productCategories', 'zone'];
const v2Keys = v2Filters.map(({ key }) => key);

/** @throws InputError when a filter is empty or holds something that the API does not know */
export function readV2Filters(given: Given, excluded: Given): AuditFilters {
	refuseUnknown(given, [...v2Keys, ...v2Special], 'Audit Logs V2');
	refuseUnknown(excluded, [...v2Keys, zoneIdFilter.key, 'actorIp'], 'Exclude of Audit Logs V2');
	const ip = filterText(given, 'actorIp', 'Actor IP');
	const wanted = ip === undefined ? undefined : network(ip, 'Actor IP');
	const unwanted = (filterList(excluded, 'actorIp', 'Exclude Actor IP') ?? []).map((text) =>
		network(text, 'Exclude Actor IP'),
	);
	const unwantedAddresses = unwanted.filter(isSingleAddress).map(formatNetwork);
	const unwantedNetworks = unwanted.filter((one) => !isSingleAddress(one));
	// v2 compares addresses as they are; networks are ours to apply.
	const wantedAddress = wanted && isSingleAddress(wanted) ? formatNetwork(wanted) : undefined;
	const wantedNetwork = wantedAddress === undefined ? wanted : undefined;
	return {
		query: {
			...Object.fromEntries(v2Filters.map((filter) => [filter.wire, oneValue(given, filter)])),
			actor_ip_address: wantedAddress,
			product_category: filterList(given, 'productCategories', 'Product Category'),
			...Object.fromEntries(
				[...v2Filters, zoneIdFilter].map((filter) => [
					`${filter.wire}.not`,
					severalValues(excluded, filter),
				]),
			),
			'actor_ip_address.not': unwantedAddresses.length > 0 ? unwantedAddresses : undefined,
		},
		tests: [
			...(wantedNetwork ? [({ actor_ip }: AuditEvent) => isWithin(actor_ip, wantedNetwork)] : []),
			...unwantedNetworks.map(
				(one): Test =>
					({ actor_ip }) =>
						!isWithin(actor_ip, one),
			),
		],
		...zoneOf(given),
	};
}

const v1Keys = [
	'actionType',
	'actorEmail',
	'actorIp',
	'eventId',
	'hideUserEvents',
	'resourceId',
	'resourceType',
	'result',
	'zone',
	'zoneName',
];

/** @throws InputError when a filter is empty or holds something that the API does not know */
export function readV1Filters(given: Given): AuditFilters {
	refuseUnknown(given, v1Keys, 'Audit Logs V1');
	const id = filterText(given, 'eventId', 'Event ID');
	const ip = filterText(given, 'actorIp', 'Actor IP');
	const zoneName = filterText(given, 'zoneName', 'Zone Name');
	const chosen = zoneOf(given);
	if (zoneName !== undefined && 'zone' in chosen) {
		throw new InputError('Zone Name', 'Zone is chosen too', 'One of the two filters');
	}
	const hide = Object.hasOwn(given, 'hideUserEvents');
	const applied = {
		resource_id: filterText(given, 'resourceId', 'Resource ID'),
		resource_type: filterText(given, 'resourceType', 'Resource Type'),
		result: oneValue(given, resultFilter),
	};
	const wanted = Object.entries(applied).filter(([, value]) => value !== undefined);
	return {
		query: {
			id: id === undefined ? undefined : uuid(id, { field: 'Event ID' }),
			'action.type': filterText(given, 'actionType', 'Action Type'),
			'actor.email': filterText(given, 'actorEmail', 'Actor Email'),
			'actor.ip': ip === undefined ? undefined : formatNetwork(network(ip, 'Actor IP')),
			'zone.name': zoneName,
			hide_user_logs: hide ? yesOrNo(given.hideUserEvents, 'Hide User Events') : undefined,
		},
		tests: wanted.map(
			([key, value]): Test =>
				(event) =>
					event[key as keyof typeof applied] === value,
		),
		...chosen,
	};
}
