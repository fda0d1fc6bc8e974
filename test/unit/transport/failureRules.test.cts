import fc from 'fast-check';
import type { FailureKind } from '../../../nodes/CloudflareSecurity/transport/failure';
import { kindOfAnswer, nextStep } from '../../../nodes/CloudflareSecurity/transport/failureRules';

type Entry = { code?: number; message: string };

describe('kindOfAnswer', () => {
	test.each<[status: number, entry: Entry | undefined, kind: FailureKind]>([
		// Codes collide: what counts is code, message and status together.
		[403, { code: 10000, message: 'Authentication error' }, 'credentialOrPermission'],
		[404, { code: 10000, message: 'Authentication error' }, 'credentialOrPermission'],
		[401, { code: 1000, message: 'Invalid API Token' }, 'credential'],
		[404, { code: 1000, message: 'not found' }, 'notFound'],
		[400, { code: 1001, message: 'Invalid zone identifier' }, 'wrongId'],
		[400, { code: 1001, message: 'Invalid value for a parameter' }, 'invalid'],
		[404, { code: 10003, message: 'could not find entrypoint ruleset' }, 'notFound'],
		[400, { code: 10003, message: 'something else' }, 'invalid'],
		[
			400,
			{ code: 20217, message: 'exceeded maximum number of zone rulesets for phase' },
			'conflict',
		],
		[400, { code: 20000, message: 'exceeded the maximum number of rules in the phase' }, 'limit'],
		[400, { code: 81045, message: 'The record quota has been exceeded' }, 'limit'],
		[400, { code: 81045, message: 'Record quota exceeded' }, 'limit'],
		[400, { code: 9300, message: 'DNS record has 3 tags, exceeding the quota of 0.' }, 'limit'],
		// A value that is too long is no limit of the plan.
		[400, { code: 20000, message: 'description exceeds the maximum length of 500' }, 'invalid'],
		[400, { code: 20000, message: 'expression exceeds the limit of 4096 characters' }, 'invalid'],
		[429, { code: 10100, message: 'More than 1200 requests; limit reached' }, 'rateLimited'],
		// A server in trouble is no limit of the plan either, and is asked again.
		[503, { message: 'upstream request exceeded its time limit' }, 'server'],
		[403, { code: 10010, message: 'firewallaccessrules.api.not_entitled' }, 'plan'],
		[400, { message: 'not available on your current plan' }, 'plan'],
		[408, undefined, 'server'],
		[500, undefined, 'server'],
		[599, undefined, 'server'],
		[429, undefined, 'rateLimited'],
		[301, undefined, 'redirect'],
		[304, undefined, 'redirect'],
		[401, undefined, 'credential'],
		[403, undefined, 'credentialOrPermission'],
		[404, undefined, 'notFound'],
		[405, undefined, 'invalid'],
		[422, undefined, 'invalid'],
		[200, undefined, 'invalid'],
	])('HTTP %i %j: %s', (status, entry, kind) => {
		expect(kindOfAnswer(status, entry ? [entry] : [])).toBe(kind);
	});

	test('looks at every entry of a chain', () => {
		const chain = [
			{ code: 6003, message: 'Invalid request headers' },
			{ code: 6111, message: 'Invalid format for Authorization header' },
		];
		expect(kindOfAnswer(400, chain)).toBe('credential');
		expect(kindOfAnswer(400, [...chain].reverse())).toBe('credential');
	});
});

describe('nextStep', () => {
	const kinds = fc.constantFrom<FailureKind>(
		...(['cancelled', 'conflict', 'credential', 'credentialOrPermission', 'invalid'] as const),
		...(['limit', 'local', 'lockedOut', 'network', 'notFound', 'permission', 'plan'] as const),
		...(['rateLimited', 'redirect', 'server', 'unreadable', 'wrongId'] as const),
	);

	test('always says something, in whole sentences', () => {
		fc.assert(
			fc.property(
				kinds,
				fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
				fc.array(fc.record({ code: fc.nat(30_000), message: fc.string() })),
				fc.option(fc.constant('Zone → Zone → Read'), { nil: undefined }),
				fc.boolean(),
				(kind, status, errors, permission, globalKey) => {
					const step = nextStep(
						{ kind, path: '/zones', status, errors },
						{ permission, globalKey },
					);
					expect(step).toMatch(/^[A-Z].*[.)]$/);
					expect(step).not.toMatch(/undefined|null/);
				},
			),
		);
	});

	test.each<[permission: string | undefined, globalKey: boolean, words: string]>([
		['Zone → Zone → Read', false, 'Give the token the permission "Zone → Zone → Read" in'],
		[undefined, false, 'Give the token the permission that this operation needs in'],
		['Zone → Zone → Read', true, 'Check that your user may do this'],
	])('names the permission %s, Global key: %s', (permission, globalKey, words) => {
		const errors = [{ code: 10000, message: 'Authentication error' }];
		const failure = {
			kind: 'credentialOrPermission',
			path: '/zones',
			status: 403,
			errors,
		} as const;
		expect(nextStep(failure, { permission, globalKey })).toContain(words);
	});
});
