import type { Scalar } from '../language/compare.cjs';
import { holders } from './addresses.cjs';
import type { ListRecord } from './types.cjs';

function hostnameMatches(list: ListRecord, value: string): boolean {
	const name = value.toLowerCase();
	if (list.items.has(name)) return true;
	const labels = name.split('.');
	return labels.some((_label, index) => {
		const item = list.items.at(`*.${labels.slice(index).join('.')}`);
		if (item === undefined || !('hostname' in item)) return false;
		// Source: SDK 7.3: a wildcard leaves out the name itself unless told otherwise.
		return index > 0 || item.hostname.exclude_exact_hostname === false;
	});
}

/** Whether the list, as it is now, holds the value. */
export function holds(list: ListRecord, value: Scalar): boolean {
	switch (list.kind) {
		case 'ip':
			return holders(String(value), list.items.networkSizes).some((key) => list.items.has(key));
		case 'asn':
			return list.items.has(String(value));
		case 'hostname':
			return hostnameMatches(list, String(value));
		default:
			return false;
	}
}
