import { expectNoSecret } from './secrets.cjs';

const secret = 'k3y/with+odd=chars"';
const hidden = (value: unknown) => () => expectNoSecret(value, [secret]);

test.each<[string, unknown]>([
	['an item', [{ json: { a: [`x${secret}y`] } }]],
	['a key', { [secret]: 1 }],
	['a message', new Error(`no ${secret}`)],
	['a cause', new Error('no', { cause: { config: { headers: { Authorization: secret } } } })],
	['a context', Object.assign(new Error('no'), { context: { data: secret } })],
	['a symbol', { [Symbol('headers')]: secret }],
	['a map', new Map([['a', { b: secret }]])],
	['a buffer', { raw: Buffer.from(secret) }],
	['URI-encoded text', `?q=${encodeURIComponent(secret)}`],
	['JSON text', JSON.stringify({ secret })],
	...['', 'a', 'ab', 'user@example.com:'].map((before): [string, unknown] => [
		`base64 after ${before.length} characters`,
		Buffer.from(`${before}${secret} and more`).toString('base64'),
	]),
	['base64url', Buffer.from(`a${secret}`).toString('base64url')],
])('finds a secret in %s', (_place, value) => {
	expect(hidden(value)).toThrow('secret 0 at');
});

test('says where, without saying the secret', () => {
	expect(hidden({ logs: ['fine', secret] })).toThrow('value.logs.1');
	expect(hidden({ logs: ['fine', secret] })).not.toThrow(secret);
});

test('passes what is clean, also in a circle', () => {
	const circle: { self?: unknown; error: Error } = { error: new Error('Forbidden') };
	circle.self = circle;
	expect(hidden(circle)).not.toThrow();
});

test('refuses an empty secret', () => {
	expect(() => expectNoSecret('', [''])).toThrow('empty');
});
