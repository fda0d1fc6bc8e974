import Cloudflare from 'cloudflare';
import { readRequest, type SentRequest } from './sentRequest.cjs';

const PAGING = ['page', 'per_page'];

/** The parts of a request in which two callers must agree, without paging, the query sorted by name. */
export const comparable = ({ method, path, query, body }: SentRequest): SentRequest => ({
	method,
	path,
	query: query.filter(([name]) => !PAGING.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1)),
	...(body === undefined ? {} : { body }),
});

/** What the official SDK sends for a call; nothing leaves the process. */
export async function sdkRequest(
	call: (client: Cloudflare) => PromiseLike<unknown>,
): Promise<SentRequest> {
	const sent: SentRequest[] = [];
	const client = new Cloudflare({
		apiToken: 'not-a-token',
		apiKey: null,
		apiEmail: null,
		maxRetries: 0,
		fetch: async (input, init) => {
			sent.push(await readRequest(new Request(input, init)));
			return Response.json({ success: true, errors: [], messages: [], result: [] });
		},
	});
	await call(client);
	if (sent.length !== 1) throw new Error(`The SDK sent ${sent.length} requests`);
	return comparable(sent[0]);
}
