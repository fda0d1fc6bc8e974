import { ClientRequest } from 'node:http';

type GiveUp = () => void;

/** Requests under way, with what n8n's HTTP client does when their time is over. */
const underWay = new Map<ClientRequest, GiveUp>();
let begun = 0;

/** How many requests were ever begun. */
export const requestsBegun = (): number => begun;

/** Node's own class: nock puts one of its own before it. */
function ownerOfSetTimeout(): ClientRequest {
	let owner = ClientRequest.prototype;
	while (!Object.hasOwn(owner, 'setTimeout')) owner = Object.getPrototypeOf(owner) as ClientRequest;
	return owner;
}

/** For a whole test file: requests may run out of time at once, by the client's own way of giving them up. */
export function useTimeouts(): void {
	const owner = ownerOfSetTimeout();
	const { setTimeout } = owner;
	beforeAll(() => {
		owner.setTimeout = function (ms: number, giveUp?: GiveUp) {
			if (ms > 0 && giveUp) {
				begun += 1;
				underWay.set(this, giveUp);
				this.once('close', () => underWay.delete(this));
			}
			return setTimeout.call(this, ms, giveUp);
		};
	});
	afterAll(() => {
		owner.setTimeout = setTimeout;
	});
}

/** The time of the requests for this URL is over. Throws when there is none. */
export function runOutOfTime(method: string, url: string): void {
	const { pathname, search } = new URL(url);
	const meant = [...underWay].filter(
		([request]) => request.method === method && request.path === pathname + search,
	);
	if (meant.length === 0) throw new Error(`No request under way: ${method} ${url}`);
	for (const [request, giveUp] of meant) {
		underWay.delete(request);
		giveUp();
	}
}
