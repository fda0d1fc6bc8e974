import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { wholeNumber } from '../input/values';
import { resolveScope, type Scope, type ScopeKind } from '../targets/scope';
import { connect, credentialTypeFor, type Connection } from '../transport/connect';
import { toNodeError } from '../transport/errors';

/** A person waits in front of the list. */
const MAX_QUOTA_WAIT_MS = 60_000;

type Host = ILoadOptionsFunctions;

export interface Search {
	host: Host;
	connection: Connection;
	/** What was typed, in small letters; empty for everything. */
	filter: string;
	paginationToken?: string;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What an item of a list is called: of what the API sent, the first that is a text, and further facts in brackets. */
export function named(names: readonly unknown[], facts: readonly unknown[] = []): string {
	const known = facts.filter(isText).join(', ');
	return `${names.find(isText) ?? ''}${known === '' ? '' : ` (${known})`}`;
}

/** Where the dashboard shows it; nothing where the API did not tell that. */
export const inDashboard = (...parts: readonly unknown[]): { url?: string } =>
	parts.every(isText) ? { url: `https://dash.cloudflare.com/${parts.join('/')}` } : {};

/** Whether the API named the thing and gave its ID. */
const isChoosable = ({ name, value }: INodeListSearchItems) => isText(name) && isText(value);

/** The page that the list is to go on with. @throws InputError when it is none that a list gave */
export const pageOf = ({ paginationToken }: Search): number =>
	wholeNumber(paginationToken ?? 1, { field: 'Page', min: 1 });

/** A method for a resource locator, with the credential of the form and with errors in words. */
export function searchMethod(search: (given: Search) => Promise<INodeListSearchResult>) {
	return async function (
		this: Host,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		let secrets: readonly string[] = [];
		try {
			const type = credentialTypeFor(this.getCurrentNodeParameter('authentication'));
			const connection = await connect(this, type, { maxQuotaWaitMs: MAX_QUOTA_WAIT_MS });
			secrets = connection.secrets;
			const typed = filter?.trim().toLowerCase() ?? '';
			const found = await search({ host: this, connection, filter: typed, paginationToken });
			return { ...found, results: found.results.filter(isChoosable) };
		} catch (error) {
			throw toNodeError(this.getNode(), error, secrets);
		}
	};
}

export const matching = (items: INodeListSearchItems[], filter: string): INodeListSearchItems[] =>
	items
		.filter(isChoosable)
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(filter));

/** @param first the level at which the form stands until the user chooses */
export async function scopeOfForm(
	{ connection, host }: Search,
	first: ScopeKind = 'zone',
): Promise<Scope> {
	return await resolveScope(connection, {
		scope: host.getCurrentNodeParameter('scope') ?? first,
		zone: host.getCurrentNodeParameter('zone'),
		account: host.getCurrentNodeParameter('account'),
	});
}
