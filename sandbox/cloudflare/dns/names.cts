import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { badName } from './errors.cjs';

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

const ascii = (text: string): string =>
	/[^\0-\x7f]/.test(text) ? domainToASCII(text) : text.toLowerCase();

function isHost(name: string): boolean {
	return name.length <= 253 && name.split('.').every((label) => LABEL.test(label));
}

/** A name within the zone, complete and in Punycode. `@` is the zone itself. Throws 400. */
export function recordName(given: unknown, zoneName: string): string {
	if (typeof given !== 'string' || given.trim() === '') throw badName();
	const name = ascii(given.trim().replace(/\.$/, ''));
	const inZone = name === zoneName || name.endsWith(`.${zoneName}`);
	// A name that does not end in the zone's is one below the zone.
	const full = name === '@' ? zoneName : inZone ? name : `${name}.${zoneName}`;
	if (!isHost(full.replace(/^\*\./, '')) || full.length > 253) throw badName();
	return full;
}

/** A host name that a record may point to, without its last dot; undefined when it is none. */
export function targetName(given: string): string | undefined {
	const name = ascii(given.trim());
	if (name === '.') return name;
	const host = name.replace(/\.$/, '');
	return isHost(host) && isIP(host) === 0 ? host : undefined;
}

/** The one form of an IPv6 address in which records carry it. */
export const compressed = (address: string): string =>
	new URL(`http://[${address}]`).hostname.slice(1, -1);
