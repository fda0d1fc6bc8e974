import type { IDataObject } from 'n8n-workflow';
import { saysTheSame } from '../../dns/recordValue';
import type { DnsRecord } from '../../targets/dnsRecord';
import { typeOf, type WantedRecord } from './newRecord';

/** Body of a PATCH. */
export type Changes = Readonly<Record<string, unknown>>;

/** In a form in which equal values are equal texts; no comment is null or an empty text. */
function comparable(value: unknown): string {
	if (value === null || value === undefined || value === '') return '""';
	return JSON.stringify(Array.isArray(value) ? [...(value as unknown[])].sort() : value);
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
