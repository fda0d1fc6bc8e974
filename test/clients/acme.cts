import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import { generateCACertificate } from 'mockttp';
import { serveHttp } from '../../sandbox/fronts/http.cjs';
import { execute } from './place.cjs';

/** As much of a certificate authority (RFC 8555) as a client notices that asks for dns-01 challenges. */
export interface Authority {
	/** Where certbot is to ask. */
	directory: string;
	/** The most TXT values that a name had when a challenge was looked at. */
	readonly mostValuesSeen: number;
	close(): Promise<void>;
}

interface Claim {
	name: string;
	wildcard: boolean;
	token: string;
	status: 'pending' | 'valid' | 'invalid';
}
interface Order {
	/** Numbers of claims. */
	claims: number[];
	certificate?: string;
}

const decoded = <T,>(text: string): T => JSON.parse(Buffer.from(text, 'base64url').toString()) as T;
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A request's payload, and the key in its header. Who signed it does not matter here. */
async function opened<T>(context: Context): Promise<{ payload: T; jwk?: Record<string, string> }> {
	const body = await context.req.json<{ protected: string; payload: string }>();
	return {
		payload: body.payload === '' ? ({} as T) : decoded<T>(body.payload),
		...decoded<{ jwk?: Record<string, string> }>(body.protected),
	};
}

/** Signs what the request for a certificate says, as the subject names it. */
async function signer(folder: string): Promise<(request: Buffer) => Promise<string>> {
	const subject = { commonName: 'Certificate authority of a test (throw-away)' };
	const { key, cert } = await generateCACertificate({ subject });
	const file = (name: string) => join(folder, `authority-${name}`);
	writeFileSync(file('key.pem'), key, { mode: 0o600 });
	writeFileSync(file('cert.pem'), cert);
	return async (request) => {
		writeFileSync(file('request.der'), request);
		const input = ['-inform', 'DER', '-in', file('request.der'), '-copy_extensions', 'copyall'];
		const signing = ['-CA', file('cert.pem'), '-CAkey', file('key.pem'), '-days', '2'];
		const args = ['x509', '-req', ...input, ...signing, '-out', file('signed.pem')];
		const { code, output } = await execute('openssl', args);
		if (code !== 0) throw new Error(`openssl could not sign: ${output}`);
		return `${readFileSync(file('signed.pem'), 'utf8').trim()}\n${cert.trim()}\n`;
	};
}

/** @param lookup the TXT values of a name, as the world would see them */
export async function startAuthority(
	folder: string,
	lookup: (name: string) => string[],
): Promise<Authority> {
	const sign = await signer(folder);
	const claims: Claim[] = [];
	const orders: Order[] = [];
	let thumbprint = '';
	let mostValuesSeen = 0;

	const app = new Hono();
	const at = (path: string): string => `${front.url}${path}`;
	app.use(async (context, next) => {
		await next();
		context.header('Replay-Nonce', randomBytes(16).toString('base64url'));
	});
	app.get('/directory', (context) =>
		context.json({
			newNonce: at('/nonce'),
			newAccount: at('/account'),
			newOrder: at('/order'),
		}),
	);
	app.on(['GET', 'HEAD'], '/nonce', (context) => context.body(null, 200));

	app.post('/account', async (context) => {
		const { e, kty, n } = (await opened(context)).jwk ?? {};
		// RFC 7638: these members, in this order.
		thumbprint = digest(JSON.stringify({ e, kty, n }));
		return context.json({ status: 'valid' }, 201, { Location: at('/account/1') });
	});

	const shownOrder = ({ claims: numbers, certificate }: Order, number: number) => {
		const all = numbers.map((claim) => claims[claim]);
		const isReady = all.every(({ status }) => status === 'valid');
		return {
			status: certificate ? 'valid' : isReady ? 'ready' : 'pending',
			identifiers: all.map(({ name, wildcard }) => ({
				type: 'dns',
				value: wildcard ? `*.${name}` : name,
			})),
			authorizations: numbers.map((claim) => at(`/claim/${claim}`)),
			finalize: at(`/order/${number}/finalize`),
			...(certificate && { certificate: at(`/order/${number}/certificate`) }),
		};
	};
	app.post('/order', async (context) => {
		const { payload } = await opened<{ identifiers: Array<{ value: string }> }>(context);
		const wanted = payload.identifiers.map(({ value }): Claim => {
			const wildcard = value.startsWith('*.');
			const name = wildcard ? value.slice(2) : value;
			return { name, wildcard, token: randomBytes(24).toString('base64url'), status: 'pending' };
		});
		const order = { claims: wanted.map((_, index) => claims.length + index) };
		claims.push(...wanted);
		const number = orders.push(order) - 1;
		return context.json(shownOrder(order, number), 201, { Location: at(`/order/${number}`) });
	});
	app.post('/order/:number', (context) => {
		const number = Number(context.req.param('number'));
		return context.json(shownOrder(orders[number], number));
	});

	const shownChallenge = ({ token, status }: Claim, number: string) => ({
		type: 'dns-01',
		url: at(`/challenge/${number}`),
		token,
		status,
		...(status === 'invalid' && {
			error: { type: 'urn:ietf:params:acme:error:unauthorized', detail: 'No such TXT record' },
		}),
	});
	app.post('/claim/:number', (context) => {
		const number = context.req.param('number');
		const claim = claims[Number(number)];
		const { name, wildcard, status } = claim;
		return context.json({
			identifier: { type: 'dns', value: name },
			status,
			...(wildcard && { wildcard }),
			challenges: [shownChallenge(claim, number)],
		});
	});
	app.post('/challenge/:number', (context) => {
		const number = context.req.param('number');
		const claim = claims[Number(number)];
		const values = lookup(`_acme-challenge.${claim.name}`);
		mostValuesSeen = Math.max(mostValuesSeen, values.length);
		const wanted = digest(`${claim.token}.${thumbprint}`);
		claim.status = values.includes(wanted) ? 'valid' : 'invalid';
		const up = { Link: `<${at(`/claim/${number}`)}>;rel="up"` };
		return context.json(shownChallenge(claim, number), 200, up);
	});

	app.post('/order/:number/finalize', async (context) => {
		const number = Number(context.req.param('number'));
		const { payload } = await opened<{ csr: string }>(context);
		orders[number].certificate = await sign(Buffer.from(payload.csr, 'base64url'));
		return context.json(shownOrder(orders[number], number));
	});
	app.post('/order/:number/certificate', (context) => {
		const { certificate = '' } = orders[Number(context.req.param('number'))];
		return context.body(certificate, 200, { 'Content-Type': 'application/pem-certificate-chain' });
	});

	const front = await serveHttp({ fetch: async (request) => await app.fetch(request) });
	return {
		directory: `${front.url}/directory`,
		get mostValuesSeen() {
			return mostValuesSeen;
		},
		close: () => front.close(),
	};
}
