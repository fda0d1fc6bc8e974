import type { ApiRequest, CloudflareClient } from '../transport/client';
import { isTransient } from '../transport/retry';
import { apiPath, type PathSegment } from '../transport/path';
import { awaitOperation } from './bulkOperation';
import { listPath } from './ipList';

/** An item to write. Its value as `parseListAddress` gives it: with the same value it takes the new comment. */
export interface WantedItem {
	ip: string;
	comment?: string;
}

/** Not documented; a request with so many stays well below a megabyte. Larger ones are halved when refused. */
export const MOST_ITEMS = 1_000;
/** How long a whole write may take, with the waits for other writes of the account. */
const USUAL_DEADLINE_MS = 300_000;
const MAX_TRIES = 4;
const LEAST_BUSY_WAIT_MS = 1_000;
const MOST_BUSY_WAIT_MS = 5_000;
const TOO_LARGE = 413;

/** Where to write, and until when. */
interface Target {
	client: CloudflareClient;
	account: PathSegment;
	list: string;
	/** By the clock of this machine, in milliseconds since 1970. */
	deadline: number;
}

type Write = Pick<ApiRequest<{ operation_id?: string }>, 'method' | 'body'>;

/**
 * Hands a write in. Cloudflare takes one at a time for the whole account and refuses others with 429 meanwhile: that is
 * no failure, and waited for. Both kinds of write may be repeated: appending takes an item that is there for done, and
 * deleting what is gone is at worst refused.
 * @returns the ID of its bulk operation; undefined when it is too large
 * @throws NodeApiError
 */
async function handIn(
	{ client, account, list, deadline }: Target,
	write: Write,
): Promise<string | undefined> {
	const path = apiPath`${listPath(account, list)}/items`;
	let tries = 1;
	for (let busy = 1; ; ) {
		const outcome = await client.attempt<{ operation_id?: string }>({
			...write,
			path,
			expect: 'object',
			maxTries: 1,
		});
		if (outcome.ok) return outcome.envelope.result.operation_id ?? '';
		const { failure } = outcome;
		if (failure.status === TOO_LARGE) return undefined;
		const isBusy = failure.kind === 'rateLimited';
		if (isBusy) busy += 1;
		else tries += 1;
		const asked = client.waitBefore(failure, isBusy ? busy : tries);
		const wait = isBusy
			? Math.max(failure.retryAfterMs ?? 0, Math.min(asked, MOST_BUSY_WAIT_MS), LEAST_BUSY_WAIT_MS)
			: asked;
		const mayRepeat = isTransient(failure) && tries <= MAX_TRIES;
		if (!mayRepeat || client.now() + wait > deadline) throw client.toError(failure);
		await client.pause(wait, { method: write.method, path: path.text });
	}
}

/** Writes so many at once as Cloudflare takes, one request after the other. */
async function writeInChunks<T>(
	target: Target,
	all: readonly T[],
	toWrite: (chunk: readonly T[]) => Write,
): Promise<void> {
	let size = MOST_ITEMS;
	for (let start = 0; start < all.length; ) {
		const chunk = all.slice(start, start + size);
		const operation = await handIn(target, toWrite(chunk));
		if (operation === undefined && chunk.length > 1) {
			size = Math.ceil(chunk.length / 2);
			continue;
		}
		if (operation === undefined) {
			throw target.client.toError({
				kind: 'limit',
				method: toWrite(chunk).method,
				path: listPath(target.account, target.list).text,
				status: TOO_LARGE,
				errors: [],
				detail: 'a single item is too large',
				effectUnknown: false,
			});
		}
		await awaitOperation(target.client, target.account, operation, target.deadline);
		start += chunk.length;
	}
}

const targetOf = (client: CloudflareClient, account: PathSegment, list: string): Target => ({
	client,
	account,
	list,
	deadline: client.now() + USUAL_DEADLINE_MS,
});

/**
 * Adds items to a list and waits until they are there; one that is there takes the new comment. The others stay.
 * @param items each value once: Cloudflare refuses a request with a value twice
 * @throws NodeApiError; items of earlier requests are in the list then
 */
export async function appendItems(
	client: CloudflareClient,
	account: PathSegment,
	list: string,
	items: readonly WantedItem[],
): Promise<void> {
	await writeInChunks(targetOf(client, account, list), items, (body) => ({ method: 'POST', body }));
}

/**
 * Removes items from a list and waits until they are gone.
 * @throws NodeApiError, also when one of the items is gone already; items of earlier requests are gone then
 */
export async function deleteItems(
	client: CloudflareClient,
	account: PathSegment,
	list: string,
	ids: readonly string[],
): Promise<void> {
	await writeInChunks(targetOf(client, account, list), ids, (chunk) => ({
		method: 'DELETE',
		body: { items: chunk.map((id) => ({ id })) },
	}));
}
