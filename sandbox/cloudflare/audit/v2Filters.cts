import type { State } from '../state.cjs';
import { CATEGORIES } from './categories.cjs';
import { v2Refusal } from './v2Refusal.cjs';
import type { Entry } from './types.cjs';

type Test = (entry: Entry) => boolean;
interface Filter {
	value: (entry: Entry, state: State) => string | undefined;
	allowed?: readonly string[] | RegExp;
	/** Whether case does not matter. */
	loose?: true;
}

const filter = (value: Filter['value'], allowed?: Filter['allowed'], loose?: true): Filter => ({
	value,
	...(allowed && { allowed }),
	...(loose && { loose }),
});
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Source: SDK 7.3; `login` and Cloudflare_admin as Cloudflare's own tools and documentation spell them. */
const FILTERS: Readonly<Record<string, Filter>> = {
	id: filter(({ ids }) => ids.v2, UUID, true),
	audit_log_id: filter(({ ids }) => ids.v2, UUID, true),
	account_name: filter(({ accountId }, { accounts }) => accounts.get(accountId)?.name),
	action_result: filter(
		({ succeeded }) => (succeeded ? 'success' : 'failure'),
		['success', 'failure'],
	),
	action_type: filter(({ action }) => action.type, ['create', 'delete', 'view', 'update', 'login']),
	actor_context: filter(
		({ actor }) => actor.context,
		['api', 'api_key', 'api_token', 'dash', 'oauth', 'origin_ca_key'],
	),
	actor_email: filter(({ actor }) => actor.email, undefined, true),
	actor_id: filter(({ actor }) => actor.id),
	// One address as it is written: a network is a filter of version 1 alone, and finds nothing here.
	actor_ip_address: filter(({ actor }) => actor.ip),
	actor_token_id: filter(({ actor }) => actor.token?.id),
	actor_token_name: filter(({ actor }) => actor.token?.name),
	actor_type: filter(
		({ actor }) => actor.type,
		['account', 'cloudflare_admin', 'delegated_service', 'system', 'user'],
		true,
	),
	raw_cf_ray_id: filter(({ request }) => request?.ray),
	raw_method: filter(({ request }) => request?.method),
	raw_status_code: filter(({ request }) => request && String(request.status), /^\d{3}$/),
	raw_uri: filter(({ request }) => request?.uri),
	resource_id: filter(({ resource }) => resource.id),
	resource_scope: filter(
		({ resource }) => resource.scope,
		['accounts', 'user', 'zones', 'memberships'],
	),
	resource_type: filter(({ resource }) => resource.type),
	zone_id: filter(({ zone }) => zone?.id),
	zone_name: filter(({ zone }) => zone?.name),
};

/** Values of a parameter; one that is empty counts as absent. Throws 400 for one that the filter does not know. */
function values(query: URLSearchParams, name: string, { allowed, loose }: Filter): string[] {
	return query
		.getAll(name)
		.filter((value) => value !== '')
		.map((value) => {
			const given = loose ? value.toLowerCase() : value;
			const known =
				allowed === undefined ||
				(allowed instanceof RegExp ? allowed.test(given) : allowed.includes(given));
			if (!known) throw v2Refusal(`invalid value '${value}' for ${name}`);
			return given;
		});
}

function one(query: URLSearchParams, name: string, of: Filter): string | undefined {
	const given = values(query, name, of);
	if (given.length > 1) throw v2Refusal(`${name} takes one value`);
	return given[0];
}

/** Categories and explicit products are alternatives. Source: SDK 7.3. */
function productTests(query: URLSearchParams): Test[] {
	const wanted = new Set<string>();
	for (const category of query.getAll('product_category')) {
		const products = CATEGORIES.find(({ value }) => value === category.toLowerCase())?.products;
		if (products === undefined) throw v2Refusal(`unknown product category '${category}'`);
		for (const { value } of products) wanted.add(value);
	}
	const byProduct = filter(({ resource }) => resource.product);
	const product = one(query, 'resource_product', byProduct);
	if (product !== undefined) wanted.add(product);
	const unwanted = values(query, 'resource_product.not', byProduct);
	return [
		({ resource }) =>
			(wanted.size === 0 || wanted.has(resource.product)) && !unwanted.includes(resource.product),
	];
}

/** The filters of a list call as one test. Throws 400. */
export function v2Test(query: URLSearchParams, state: State): Test {
	const tests = productTests(query);
	for (const [name, of] of Object.entries(FILTERS)) {
		const wanted = one(query, name, of);
		const unwanted = values(query, `${name}.not`, of);
		if (wanted === undefined && unwanted.length === 0) continue;
		tests.push((entry) => {
			const text = of.value(entry, state);
			const value = of.loose ? text?.toLowerCase() : text;
			if (wanted !== undefined && value !== wanted) return false;
			return value === undefined || !unwanted.includes(value);
		});
	}
	return (entry) => tests.every((test) => test(entry));
}
