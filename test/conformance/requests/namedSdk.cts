import { AsyncLocalStorage } from 'node:async_hooks';
import Cloudflare from 'cloudflare';
import { APIResource } from 'cloudflare/core/resource';
import { sandboxCredentials } from '../../../sandbox/cloudflare/index.cjs';

const underWay = new AsyncLocalStorage<string>();

/** Gives every method of the SDK its name while it runs, such as `dns.records.list`. */
function naming(target: object, path: string): object {
	return new Proxy(target, {
		get(_target, key) {
			const value: unknown = Reflect.get(target, key);
			const name = [path, String(key)].filter(Boolean).join('.');
			if (value instanceof APIResource) return naming(value, name);
			if (typeof value !== 'function') return value;
			return (...values: unknown[]) =>
				underWay.run(name, () => Reflect.apply(value, target, values) as unknown);
		},
	});
}

/**
 * The official SDK in front of the stand-in.
 * @param fetch is told the method of the SDK that sends the request
 */
export function namedSdk(
	fetch: (request: Request, method: string) => Promise<Response>,
	credentials: object = { apiToken: sandboxCredentials.userToken },
): Cloudflare {
	const sdk = new Cloudflare({
		maxRetries: 0,
		apiToken: null,
		apiKey: null,
		apiEmail: null,
		...credentials,
		fetch: async (input, init) =>
			await fetch(new Request(input, init), underWay.getStore() ?? 'unknown'),
	});
	return naming(sdk, '') as Cloudflare;
}
