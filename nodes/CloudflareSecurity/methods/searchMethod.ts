import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
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
			return await search({ host: this, connection, filter: typed, paginationToken });
		} catch (error) {
			throw toNodeError(this.getNode(), error, secrets);
		}
	};
}

export const matching = (items: INodeListSearchItems[], filter: string): INodeListSearchItems[] =>
	items.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(filter));

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
