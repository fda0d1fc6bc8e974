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
/** How often at most the rest is considered anew between requests: each time may mean reading a list that has grown. */
const MOST_LOOKS = 10;
/**
 * A look at a long list takes many requests, and several runs may wait at once: for each request of the last look this
 * much time passes before the next, a twelfth of the pace that Cloudflare allows. The first ones come sooner: another
 * write mostly ends within seconds.
 */
const BUSY_WAIT_PER_REQUEST_MS = 3_000;

/** Where to write, and until when. */
interface Target {
	client: CloudflareClient;
	account: PathSegment;
	list: string;
	/** By the clock of this machine, in milliseconds since 1970. */
	deadline: number;
}

type Write = Pick<ApiRequest<{ operation_id?: string }>, 'method' | 'body'>;

/** The waits for somebody else's writes, of all requests of a write. */
interface BusyWaits {
	inRow: number;
	totalMs: number;
	readonly requestsPerLook: number;
}

/** What became of a write that was handed in. */
type HandedIn = { operation: string } | 'tooLarge' | 'waited';

/**
 * Hands a write in. Cloudflare takes one at a time for the whole account and refuses others with 429 meanwhile: that is
 * no failure, and waited for. Both kinds of write may be repeated: appending takes an item that is there for done, and
 * deleting what is gone is at worst refused.
 * @param waits how it waited for other writes before; takes note of this one
 * @returns `waited` when it was refused for another write, which may have changed what is to be written
 * @throws NodeApiError
 */
async function handIn(
	{ client, account, list, deadline }: Target,
	write: Write,
	waits: BusyWaits,
): Promise<HandedIn> {
	const path = apiPath`${listPath(account, list)}/items`;
	for (let tries = 1; ; ) {
		const outcome = await client.attempt<{ operation_id?: string }>({
			...write,
			path,
			expect: 'object',
			maxTries: 1,
		});
		if (outcome.ok) return { operation: outcome.envelope.result.operation_id ?? '' };
		const { failure } = outcome;
		if (failure.status === TOO_LARGE) return 'tooLarge';
		const isBusy = failure.kind === 'rateLimited';
		if (!isBusy) tries += 1;
		const asked = client.waitBefore(failure, isBusy ? waits.inRow + 2 : tries);
		const wait = isBusy
			? Math.max(
					failure.retryAfterMs ?? 0,
					Math.min(asked, MOST_BUSY_WAIT_MS),
					LEAST_BUSY_WAIT_MS,
					Math.min(waits.totalMs, waits.requestsPerLook * BUSY_WAIT_PER_REQUEST_MS),
				)
			: asked;
		const mayRepeat = isTransient(failure) && tries <= MAX_TRIES;
		if (!mayRepeat || client.now() + wait > deadline) throw client.toError(failure);
		await client.pause(wait, { method: write.method, path: path.text });
		if (isBusy) {
			waits.inRow += 1;
			waits.totalMs += wait;
			return 'waited';
		}
	}
}

/** What is still to be written, by what the list shows now. */
export interface Look<T> {
	/** How many requests it takes about. */
	requests: number;
	reconsider: (rest: readonly T[]) => Promise<readonly T[]>;
}

/**
 * Writes so many at once as Cloudflare takes, one request after the other. Whenever time has passed, after a wait for
 * somebody else's write and between requests, the rest is considered anew. After a wait always, whatever it costs: that
 * the list itself tells by `modified_on` of a changed comment is not documented. So the waits get longer instead.
 */
async function writeInChunks<T>(
	target: Target,
	all: readonly T[],
	toWrite: (chunk: readonly T[]) => Write,
	{ requests, reconsider }: Look<T> = { requests: 0, reconsider: async (rest) => rest },
): Promise<void> {
	let size = MOST_ITEMS;
	const waits: BusyWaits = { inRow: 0, totalMs: 0, requestsPerLook: requests };
	let done = 0;
	const toLook = all.length / MOST_LOOKS;
	let looks = 1;
	for (let rest = all; rest.length > 0; ) {
		const chunk = rest.slice(0, size);
		const handedIn = await handIn(target, toWrite(chunk), waits);
		if (handedIn === 'waited') {
			rest = await reconsider(rest);
		} else if (handedIn !== 'tooLarge') {
			waits.inRow = 0;
			await awaitOperation(target.client, target.account, handedIn.operation, target.deadline);
			rest = rest.slice(chunk.length);
			done += chunk.length;
			if (rest.length > 0 && done >= toLook * looks) {
				looks += 1;
				rest = await reconsider(rest);
			}
		} else if (chunk.length > 1) {
			size = Math.ceil(chunk.length / 2);
		} else {
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
 * @param look which of the rest is still to be written when somebody else may have written; all of it when left out
 * @throws NodeApiError; items of earlier requests are in the list then
 */
export async function appendItems(
	client: CloudflareClient,
	account: PathSegment,
	list: string,
	items: readonly WantedItem[],
	look?: Look<WantedItem>,
): Promise<void> {
	const target = targetOf(client, account, list);
	await writeInChunks(target, items, (body) => ({ method: 'POST', body }), look);
}

/**
 * Removes items from a list and waits until they are gone.
 * @param look as for `appendItems`
 * @throws NodeApiError, also when one of the items is gone already; items of earlier requests are gone then
 */
export async function deleteItems(
	client: CloudflareClient,
	account: PathSegment,
	list: string,
	ids: readonly string[],
	look?: Look<string>,
): Promise<void> {
	const toWrite = (chunk: readonly string[]): Write => ({
		method: 'DELETE',
		body: { items: chunk.map((id) => ({ id })) },
	});
	await writeInChunks(targetOf(client, account, list), ids, toWrite, look);
}
