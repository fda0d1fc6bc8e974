import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { byName } from '../descriptions/options';
import { resolveAccount } from '../targets/account';
import { connect, credentialTypeFor } from '../transport/connect';
import type { CloudflareClient } from '../transport/client';
import { toNodeError } from '../transport/errors';
import type { Row } from '../transport/pages';
import { apiPath, type PathSegment } from '../transport/path';

/** A person waits in front of the list. */
const MAX_QUOTA_WAIT_MS = 60_000;

type Load = (client: CloudflareClient, account: PathSegment) => Promise<INodePropertyOptions[]>;

/** A method for a dropdown about the account of the form, with errors in words. */
function ofAccount(load: Load) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		let secrets: readonly string[] = [];
		try {
			const type = credentialTypeFor(this.getCurrentNodeParameter('authentication'));
			const connection = await connect(this, type, { maxQuotaWaitMs: MAX_QUOTA_WAIT_MS });
			secrets = connection.secrets;
			const field = this.getCurrentNodeParameter('account');
			return byName(await load(connection.client, await resolveAccount(connection, field)));
		} catch (error) {
			throw toNodeError(this.getNode(), error, secrets);
		}
	};
}

const rowsOf = (value: unknown): Row[] =>
	Array.isArray(value)
		? value.filter((row): row is Row => typeof row === 'object' && row !== null)
		: [];

const textOr = (value: unknown, other: string): string =>
	typeof value === 'string' ? value : other;

/** What the API sent without the word that a filter needs cannot be chosen. */
const hasText =
	<K extends string>(key: K) =>
	(row: Row): row is Row & Record<K, string> =>
		typeof row[key] === 'string';

export const getProductCategories = ofAccount(async (client, account) => {
	const { result } = await client.send<Row[]>({
		method: 'GET',
		path: apiPath`/accounts/${account}/logs/audit/product_categories`,
		expect: 'array',
	});
	return result.filter(hasText('value')).map(({ value, label, products }) => ({
		name: textOr(label, value),
		value,
		description: rowsOf(products)
			.map((product) => textOr(product.label, textOr(product.value, '')))
			.join(', '),
	}));
});

/** The answer is a record of lists, one for each product. */
const getAlertTypes = ofAccount(async (client, account) => {
	const { result } = await client.send<Row>({
		method: 'GET',
		path: apiPath`/accounts/${account}/alerting/v3/available_alerts`,
		expect: 'object',
	});
	return Object.values(result)
		.flatMap(rowsOf)
		.filter(hasText('type'))
		.map(({ type, display_name, description }) => ({
			name: textOr(display_name, type),
			value: type,
			...(typeof description === 'string' ? { description } : {}),
		}));
});

export const loadOptions = { getAlertTypes, getProductCategories };
