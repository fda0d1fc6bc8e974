import { inspect } from 'node:util';
import fc from 'fast-check';
import { NodeApiError, type INode } from 'n8n-workflow';
import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import {
	redact,
	toNodeApiError,
	toNodeError,
} from '../../../nodes/CloudflareSecurity/transport/errors';
import type { ApiFailure } from '../../../nodes/CloudflareSecurity/transport/failure';
import { helpFor } from '../../../nodes/CloudflareSecurity/transport/help';
import { expectNoSecret } from '../../support/secrets.cjs';

const node: INode = {
	id: 'node',
	name: 'Cloudflare Security',
	type: 'cloudflareSecurity',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const failure = (differences: Partial<ApiFailure> = {}): ApiFailure => ({
	kind: 'invalid',
	method: 'POST',
	path: '/zones',
	status: 400,
	errors: [{ code: 1004, message: 'DNS Validation Error' }],
	effectUnknown: false,
	...differences,
});

const make = (given: ApiFailure, secrets: readonly string[] = []) =>
	toNodeApiError(node, given, { globalKey: false, secrets });

const spellings: ReadonlyArray<(secret: string) => string> = [
	(secret) => secret,
	encodeURIComponent,
	(secret) => JSON.stringify(secret).slice(1, -1),
];

// Longer than what could be a word of a message; with signs that the spellings treat differently.
const secret = fc
	.string({
		unit: fc.constantFrom(...'abcXYZ019_-.~', ' ', '"', '\\', '/', '+', '%', 'é', '\n', '$', '&'),
		minLength: 20,
		maxLength: 60,
	})
	.filter((text) => text.trim() === text && new Set(text).size > 5);

describe('redact', () => {
	test('hides every spelling and nothing else', () => {
		fc.assert(
			fc.property(secret, fc.constantFrom(...spellings), fc.nat(3), (value, spell, times) => {
				const echo = `<${spell(value)}>`.repeat(times);
				expect(redact(`begin ${echo} end`, [value])).toBe(
					`begin ${'<[hidden]>'.repeat(times)} end`,
				);
			}),
		);
	});

	test.each(['abcdefghijklmnopqrst%', 'abcdefghijklmnopqrst\\', '"abcdefghijklmnopqrst'])(
		'hides all of the spelling that contains %s itself',
		(value) => {
			for (const spell of spellings) expect(redact(spell(value), [value])).toBe('[hidden]');
		},
	);

	test('hides a secret of which a text has been cut off', () => {
		const token = 'cfut_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEf';
		expect(redact(`got "${token.slice(0, 30)}…"`, [token])).toBe('got "[hidden]…"');
		expect(redact('cfut_A… is short', [token])).toBe('cfut_A… is short');
	});

	test('leaves a text without it as it is', () => {
		expect(redact('Cloudflare refused', ['cfut_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCd'])).toBe(
			'Cloudflare refused',
		);
		expect(redact('Cloudflare', ['', '\ud800'])).toBe('Cloudflare');
	});
});

describe('toNodeApiError', () => {
	test('shows a secret nowhere, wherever the answer puts it', () => {
		fc.assert(
			fc.property(
				secret,
				fc.constantFrom(...spellings),
				fc.constantFrom('message', 'second', 'pointer', 'detail', 'path', 'ray'),
				fc.nat(700),
				(value, spell, place, before) => {
					const echo = `${'.'.repeat(before)}${spell(value)}!`;
					const error = make(
						failure({
							...(place === 'message' && { errors: [{ code: 1, message: echo }] }),
							...(place === 'second' && { errors: [{ message: 'a' }, { message: echo }] }),
							...(place === 'pointer' && { errors: [{ message: 'a', pointer: echo }] }),
							...(place === 'detail' && { errors: [], detail: echo }),
							...(place === 'path' && { path: `/zones/${echo}` }),
							...(place === 'ray' && { rayId: echo }),
						}),
						[value],
					);
					expectNoSecret(error, [value]);
					expectNoSecret([inspect(error, { depth: 9 }), JSON.stringify(error)], [value]);
				},
			),
		);
	});

	test('tells what happened, every message, Ray ID, request and next step', () => {
		const error = make(
			failure({
				errors: [
					{ code: 6003, message: 'Invalid request headers' },
					{ code: 7, message: '', pointer: '/rules/0' },
					{ message: 'no code' },
				],
				rayId: '8f00-AMS',
				retryAfterMs: 2_400,
			}),
		);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe(
			'Cloudflare refused the request: Invalid request headers (code 6003)',
		);
		expect(error.description).toBe(
			'Correct what the message names and run the operation again. Cloudflare asks to wait 3 s. ' +
				'All messages: Invalid request headers (code 6003); no message (code 7) at /rules/0; no code · ' +
				'HTTP status 400 · Ray ID 8f00-AMS · POST /zones',
		);
		expect(error.httpCode).toBe('400');
		expect(error.context.cloudflare).toEqual({
			kind: 'invalid',
			status: 400,
			errors: [
				{ code: 6003, message: 'Invalid request headers' },
				{ code: 7, message: '', pointer: '/rules/0' },
				{ message: 'no code' },
			],
			rayId: '8f00-AMS',
			retryAfterSeconds: 3,
			nextStep: 'Correct what the message names and run the operation again.',
			help: helpFor('Cloudflare refused the request'),
		});
	});

	test.each(['zonePermission is wrong', 'ENOTFOUND', 'ECONNRESET and EACCES'])(
		'keeps the words %s, in which n8n sees a system error',
		(message) => {
			const error = make(failure({ errors: [{ message }] }));
			expect(error.message).toBe(`Cloudflare refused the request: ${message}`);
		},
	);

	test('shortens an endless message', () => {
		const error = make(failure({ errors: [{ message: 'a'.repeat(5_000) }] }));
		expect(error.message.length).toBeLessThan(700);
	});

	test.each<[Partial<ApiFailure>, boolean]>([
		[{ effectUnknown: true, method: 'POST' }, true],
		[{ effectUnknown: true, method: 'DELETE' }, true],
		[{ effectUnknown: true, method: 'GET' }, false],
		[{ effectUnknown: false, method: 'POST' }, false],
	])('doubts a lost write: %j', (differences, doubts) => {
		const error = make(failure({ kind: 'network', status: undefined, ...differences }));
		expect(/not known whether/.test(error.description ?? '')).toBe(doubts);
		expect(error.context.cloudflare).toMatchObject(doubts ? { effectUnknown: true } : {});
		expect(error.httpCode).toBeNull();
	});

	test.each<[ApiFailure['kind'], object | undefined]>([
		['rateLimited', { cause: 'rate-limited', retryAfterMs: 5_000 }],
		['lockedOut', { cause: 'rate-limited', retryAfterMs: 5_000 }],
		['server', { cause: 'temporarily-unavailable', retryAfterMs: 5_000 }],
		['credential', { cause: 'credential-invalid' }],
		['invalid', undefined],
	])('tells the host why: %s', (kind, expected) => {
		expect(make(failure({ kind, retryAfterMs: 5_000 })).failure).toEqual(expected);
	});
});

describe('toNodeError', () => {
	test('says what is expected in place of bad input, without the secret', () => {
		const token = 'cfut_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEf';
		const error = toNodeError(node, new InputError('Zone', `got "${token}"`, `Not ${token}`), [
			token,
		]);
		expect(error.message).toBe('Zone: got "[hidden]"');
		expect(error.description).toBe('Expected: Not [hidden].');
		expect(error.context.cloudflare).toEqual({
			kind: 'input',
			field: 'Zone',
			help: helpFor('Messages about a field'),
		});
	});

	test.each<[unknown, string]>([
		[new TypeError('x is no y'), 'x is no y'],
		['thrown text', 'thrown text'],
		[undefined, 'undefined'],
	])('makes an error of %p', (thrown, message) => {
		expect(toNodeError(node, thrown, [])).toMatchObject({ name: 'NodeOperationError', message });
	});

	test("passes n8n's own errors on", () => {
		const error = make(failure());
		expect(toNodeError(node, error, [])).toBe(error);
	});
});
