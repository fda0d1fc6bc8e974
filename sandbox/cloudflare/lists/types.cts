import type { ItemSet } from './itemSet.cjs';

export const LIST_KINDS = ['ip', 'redirect', 'hostname', 'asn'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

export interface Hostname {
	url_hostname: string;
	exclude_exact_hostname?: boolean;
}
export interface Redirect {
	source_url: string;
	target_url: string;
	status_code: 301 | 302 | 307 | 308;
	include_subdomains: boolean;
	subpath_matching: boolean;
	preserve_query_string: boolean;
	preserve_path_suffix: boolean;
}
/** One of these, as the kind of the list says. */
export type ItemValue =
	| { ip: string }
	| { asn: number }
	| { hostname: Hostname }
	| { redirect: Redirect };
export type ItemDefinition = ItemValue & { comment?: string };
export type ListItem = ItemDefinition & { id: string; created_on: string; modified_on: string };

/** An item as a call wants it. Two with the same key are the same item. */
export interface WantedItem {
	key: string;
	definition: ItemDefinition;
}

/** A list that expressions can name as `$name`, or one of redirects. */
export interface ListRecord {
	id: string;
	accountId: string;
	name: string;
	kind: ListKind;
	description: string;
	created_on: string;
	modified_on: string;
	items: ItemSet;
}
