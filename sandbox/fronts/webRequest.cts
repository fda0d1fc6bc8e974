/** A request as it came in. */
export interface Received {
	url: string;
	method: string;
	rawHeaders: Array<[name: string, value: string]>;
}

// The body is decoded, hence neither its encoding nor its length holds any more.
const OUTDATED = /^(:.*|content-encoding|content-length|transfer-encoding|connection)$/i;

/** @param body decoded */
export function webRequest({ url, method, rawHeaders }: Received, body?: Buffer): Request {
	// Some clients, lexicon among them, send a body with GET too. It means nothing there.
	const bodyless = method === 'GET' || method === 'HEAD' || !body || body.length === 0;
	return new Request(url, {
		method,
		headers: rawHeaders.filter(([name]) => !OUTDATED.test(name)),
		...(!bodyless && { body: new Uint8Array(body) }),
	});
}
