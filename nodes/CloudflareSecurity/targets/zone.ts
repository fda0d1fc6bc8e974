import { toAscii } from '../dns/names';
import { toUnicode } from '../dns/punycode';
import { InputError, shown } from '../input/inputError';
import { permissions } from '../permissions';
import type { CloudflareClient } from '../transport/client';
import type { Connection } from '../transport/connect';
import { allRows, pageNumberRows } from '../transport/paginate';
import { apiPath, hexId, type PathSegment } from '../transport/path';
import { readLocator } from './locator';

const FIELD = 'Zone';

/** A zone as the API sends it; only the fields that this package reads are named. */
export interface Zone {
	[key: string]: unknown;
	id: string;
	name: string;
	account?: { id?: string; name?: string };
	plan?: { name?: string };
}

/** The zone to work on; its name and its account's ID where they are known without another request. */
export interface ZoneTarget {
	id: PathSegment;
	name?: string;
	account?: string;
}

export const zoneTarget = ({ id, name, account }: Zone): ZoneTarget => ({
	id: hexId(id, { field: FIELD }),
	name,
	...(typeof account?.id === 'string' ? { account: account.id } : {}),
});

const pageSize = { min: 5, max: 50 } as const;

/** The list of zones. Looking a zone up takes a permission of its own, whatever is done with it then. */
export const zoneList = {
	path: apiPath`/zones`,
	pageSize,
	permission: permissions.zoneRead,
} as const;

function parseZoneId(value: string, connection: Connection, field = FIELD): PathSegment {
	const mistakes = new Map(
		connection.accountId
			? [[connection.accountId.toLowerCase(), 'the account ID of the credential']]
			: [],
	);
	return hexId(value, { field, byName: 'choose By Name', mistakes });
}

const isId = (text: string) => /^[0-9a-f]{32}$/i.test(text);

/** The dashboard's address of a zone: https://dash.cloudflare.com/<account>/<zone>/… */
const DASHBOARD_URL = /^https?:\/\/dash\.cloudflare\.com\/[0-9a-f]{32}\/([^/?#]+)/i;

/**
 * Cleans a domain name: takes it out of a URL, lower-case, in ASCII form, without the final dot.
 * @throws InputError when the text holds no domain name
 */
export function parseDomain(text: string, field = FIELD): string {
	const looks = isId(text) ? ', which looks like an ID: choose By ID' : '';
	const refused = () =>
		new InputError(field, `got ${shown(text)}${looks}`, 'A domain name such as example.com');
	const given = DASHBOARD_URL.exec(text)?.[1] ?? text;
	const address = /^https?:\/\//i.test(given) ? given : `http://${given}`;
	if (!URL.canParse(address)) throw refused();
	const { hostname, username, password } = new URL(address);
	const name = hostname.replace(/\.$/, '');
	const labels = name.split('.');
	const wellFormed = labels.length > 1 && labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
	if (
		!wellFormed ||
		username ||
		password ||
		name.length > 253 ||
		/^\d+$/.test(labels[labels.length - 1])
	) {
		throw refused();
	}
	return name;
}

/**
 * Answers hold the name of a zone in Unicode (cloudflare-go issue 347, terraform-provider-cloudflare pull request 412).
 * In which form the filter takes it, reports disagree (python-cloudflare issue 22): both are asked for.
 */
async function zonesNamed(client: CloudflareClient, name: string): Promise<Zone[]> {
	for (const spelling of new Set([name, toUnicode(name)])) {
		const zones = await allRows(
			pageNumberRows<Zone>(client, {
				...zoneList,
				query: { name: spelling },
				limit: pageSize.max,
			}),
		);
		const same = zones.filter(
			(zone) => typeof zone.name === 'string' && toAscii(zone.name) === name,
		);
		if (same.length > 0) return same;
	}
	return [];
}

/**
 * @param name as `parseDomain` gives it
 * @throws InputError when no zone has the name, or several have it, NodeApiError
 */
export async function findByName(client: CloudflareClient, name: string): Promise<Zone> {
	const zones = await zonesNamed(client, name);
	if (zones.length === 1) return zones[0];
	if (zones.length > 1) {
		const list = zones.map(({ id, account }) => `${id} in ${account?.name ?? 'an account'}`);
		throw new InputError(
			FIELD,
			`several zones are named ${shown(name)}: ${list.join(', ')}`,
			'One of these IDs, chosen By ID',
		);
	}
	const labels = name.split('.');
	const parent =
		labels.length > 2
			? `. A zone is usually the registered domain: perhaps ${labels.slice(-2).join('.')}`
			: '';
	throw new InputError(
		FIELD,
		`no zone named ${shown(name)} is visible to this credential`,
		`A zone that the credential may read${parent}`,
	);
}

/**
 * Reads a value that does not say what it is: an ID when it looks like one, else a name. Sends nothing.
 * @throws InputError when it is neither
 */
export function parseZone(
	value: string,
	connection: Connection,
	field = FIELD,
): { id: PathSegment } | { name: string } {
	return isId(value)
		? { id: parseZoneId(value, connection, field) }
		: { name: parseDomain(value, field) };
}

/**
 * Reads the field (from the list, by ID or by name), else the credential's zone ID, and sends nothing. An
 * expression or an AI agent may give a value that does not say what it is.
 * @returns undefined when neither names a zone
 * @throws InputError when it is neither an ID nor a domain name
 */
export function chooseZone(
	connection: Connection,
	field: unknown,
): { id: PathSegment } | { name: string } | undefined {
	const chosen = readLocator(field, FIELD);
	if (!chosen) {
		return connection.zoneId
			? { id: hexId(connection.zoneId, { field: 'Zone ID of the credential' }) }
			: undefined;
	}
	if (chosen.mode === undefined) return parseZone(chosen.value, connection);
	return chosen.mode === 'name'
		? { name: parseDomain(chosen.value) }
		: { id: parseZoneId(chosen.value, connection) };
}

/**
 * Finds the zone to work on, as `chooseZone` reads it.
 * @throws InputError when no zone is named, or none has the name
 */
export async function resolveZone(connection: Connection, field: unknown): Promise<ZoneTarget> {
	const chosen = chooseZone(connection, field);
	if (!chosen) {
		throw new InputError(
			FIELD,
			'nothing was chosen',
			'A zone chosen here, or Zone ID filled in in the credential',
		);
	}
	return 'name' in chosen ? zoneTarget(await findByName(connection.client, chosen.name)) : chosen;
}
