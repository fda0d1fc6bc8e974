// What the conformance tests share. They all run as parts of sdk.test.cts, which at its end asks whether a route was left out.
import { createCloudflare } from '../../sandbox/cloudflare/index.cjs';
import { readRequest } from '../support/sentRequest.cjs';
import { endpointOf } from './requests/endpoints.cjs';
import { namedSdk } from './requests/namedSdk.cjs';

export const sandbox = createCloudflare();
/** The methods of the SDK that asked each endpoint in all tests so far. Pages after the first have no name. */
export const asked = new Map<string, Set<string>>();
afterEach(() => sandbox.reset());

export const sdk = (credentials?: object) =>
	namedSdk(async (request, method) => {
		const endpoint = endpointOf(await readRequest(request));
		asked.set(endpoint, (asked.get(endpoint) ?? new Set()).add(method));
		return await sandbox.fetch(request);
	}, credentials);
export const client = sdk();

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
	const items: T[] = [];
	for await (const item of pages) items.push(item);
	return items;
}
