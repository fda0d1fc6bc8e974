import assert from 'node:assert/strict';
import { ProxyAgent, request } from 'undici';
import { Place } from './place.cjs';

const ELSEWHERE = ['https://example.com/', 'http://example.com/', 'http://api.cloudflare.com/'];

/** Throws when the network of the programs leads anywhere but to the stand-in. */
export async function checkClosed(): Promise<void> {
	const place = await Place.open();
	const { proxyUrl: uri, caCertificate: ca, refused } = place.proxy;
	const dispatcher = new ProxyAgent({ uri, requestTls: { ca } });
	try {
		for (const url of ELSEWHERE) {
			const { statusCode, body } = await request(url, { dispatcher });
			assert.match(await body.text(), /does not let anything out/);
			assert.equal(statusCode, 502, url);
		}
		assert.deepEqual(
			refused,
			ELSEWHERE.map((url) => new URL(url).origin),
		);
		const { body } = await request('https://api.cloudflare.com/client/v4/ips', { dispatcher });
		assert.match(await body.text(), /ipv4_cidrs/);
		assert.equal(place.cloudflare.calls.length, 1);
	} finally {
		await dispatcher.close();
		await place.close();
	}
}
