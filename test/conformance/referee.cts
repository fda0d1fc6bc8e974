// What the conformance tests share. They all run as parts of sdk.test.cts, which at its end asks whether a route was left out.
import Cloudflare from 'cloudflare';
import { createCloudflare, sandboxCredentials } from '../../sandbox/cloudflare/index.cjs';

export const sandbox = createCloudflare();
/** Every call of all tests so far, as `GET /zones`. */
export const called: string[] = [];
afterEach(() => {
	called.push(...sandbox.calls.map(({ method, path }) => `${method} ${path}`));
	sandbox.reset();
});

export const sdk = (credentials: object = { apiToken: sandboxCredentials.userToken }) =>
	new Cloudflare({
		maxRetries: 0,
		apiToken: null,
		apiKey: null,
		apiEmail: null,
		...credentials,
		fetch: (input, init) => sandbox.fetch(new Request(input, init)),
	});
export const client = sdk();

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
	const items: T[] = [];
	for await (const item of pages) items.push(item);
	return items;
}
