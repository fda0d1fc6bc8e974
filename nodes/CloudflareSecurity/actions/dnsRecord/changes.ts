import type { IDataObject } from 'n8n-workflow';
import { saysTheSame } from '../../dns/recordValue';
import type { DnsRecord } from '../../targets/dnsRecord';
import { typeOf, type WantedRecord } from './newRecord';

/** Body of a PATCH. */
export type Changes = Readonly<Record<string, unknown>>;

const isNothing = (value: unknown): boolean =>
	value === null || value === undefined || value === '' || value === false;

/** In a form in which equal values are equal texts; what is off or empty may be missing (SDK 7.3: all is optional). */
function comparable(value: unknown): string {
	if (isNothing(value)) return '';
	if (typeof value !== 'object') return JSON.stringify(value);
	const parts = Array.isArray(value)
		? (value as unknown[])
		: Object.entries(value as object).filter(([, part]) => !isNothing(part));
	return String(parts.map((part) => JSON.stringify(part)).sort());
}

/** What of the wanted record the existing one lacks. */
export function changesOf(before: DnsRecord, { type, value, attributes }: WantedRecord): Changes {
	const { content, data, priority } = value;
	const isSame = saysTheSame(typeOf(type), before, value);
	const settings = attributes.settings && {
		...(before.settings as object | undefined),
		...attributes.settings,
	};
	const wanted: Changes = { priority, ...attributes, settings };
	const differing = Object.entries(wanted).filter(
		([key, given]) => given !== undefined && comparable(given) !== comparable(before[key]),
	);
	return {
		...(isSame ? {} : { ...(data ? { data } : { content }) }),
		...Object.fromEntries(differing),
	};
}

/** What the record held in the places that change, so that it can be put back. */
export function previousOf(before: DnsRecord, changes: Changes): IDataObject {
	const keys = Object.keys(changes).flatMap((key) =>
		key === 'data' ? ['content', 'data'] : [key],
	);
	return Object.fromEntries(keys.map((key) => [key, before[key] ?? null])) as IDataObject;
}
