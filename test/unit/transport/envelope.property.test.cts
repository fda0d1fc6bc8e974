import fc from 'fast-check';
import {
	readAnswer,
	type Expected,
	type RawAnswer,
} from '../../../nodes/CloudflareSecurity/transport/envelope';
import type { Outcome } from '../../../nodes/CloudflareSecurity/transport/failure';

const NOW = Date.UTC(2026, 10, 20);
const expected = fc.constantFrom<Expected>('object', 'array', 'nothing');
const status = fc.oneof(
	fc.constantFrom(200, 201, 202, 204, 301, 400, 401, 403, 404, 405, 408, 429, 500, 502, 520),
	fc.integer({ min: 100, max: 599 }),
);

// Close to the envelope, so that checks behind the first are reached too.
const entry: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	entry: fc.oneof(
		{ maxDepth: 3 },
		fc.jsonValue(),
		fc.record(
			{
				code: fc.oneof(fc.integer(), fc.jsonValue()),
				message: fc.oneof(fc.string(), fc.jsonValue()),
				source: fc.oneof(fc.record({ pointer: fc.jsonValue() }), fc.jsonValue()),
				error_chain: fc.oneof(fc.array(tie('entry')), fc.jsonValue()),
			},
			{ requiredKeys: [] },
		),
	),
})).entry;
const envelope = fc.record(
	{
		success: fc.oneof(fc.boolean(), fc.jsonValue()),
		errors: fc.oneof(fc.array(entry), fc.jsonValue()),
		result: fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue()))),
		result_info: fc.jsonValue(),
	},
	{ requiredKeys: [] },
);
const body = fc.oneof(
	envelope.map((value) => JSON.stringify(value)),
	envelope.map((value) => JSON.stringify(value).slice(0, -3)),
	fc.json(),
	fc.string({ unit: 'binary' }),
	fc.string().map((text) => `<html>${text}</html>`),
	envelope,
	fc.anything(),
);
const headers = fc.dictionary(
	fc.constantFrom('retry-after', 'cf-ray', 'date', 'ratelimit'),
	fc.oneof(fc.string(), fc.integer().map(String), fc.array(fc.string()), fc.constant(undefined)),
);

const isRecord = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rule itself, in its shortest form. */
function isGood({ status: code, body: raw }: RawAnswer, expect: Expected): boolean {
	if (code < 200 || code > 299) return false;
	if (code === 204 && expect === 'nothing') return true;
	let value: unknown;
	try {
		value = typeof raw === 'string' ? JSON.parse(raw) : raw;
	} catch {
		return false;
	}
	if (!isRecord(value)) return false;
	const { success, result } = value as { success?: unknown; result?: unknown };
	if (success !== true) return false;
	if (expect === 'array') return Array.isArray(result) && result.every(isRecord);
	return expect === 'nothing' || isRecord(result);
}

const read = (answer: RawAnswer, expect: Expected): Outcome<unknown> =>
	readAnswer(answer, { method: 'POST', path: '/zones', expect }, NOW);

describe('readAnswer', () => {
	test('never throws, and is a success exactly when status, success and shape say so', () => {
		fc.assert(
			fc.property(fc.record({ status, headers, body }), expected, (answer, expect_) => {
				const outcome = read(answer, expect_);
				expect(outcome.ok).toBe(isGood(answer, expect_));
				if (outcome.ok) {
					expect(isRecord(outcome.envelope.resultInfo)).toBe(true);
					return;
				}
				const { errors, retryAfterMs, kind } = outcome.failure;
				expect(outcome.failure).toMatchObject({ method: 'POST', path: '/zones' });
				expect(kind).toMatch(/^[a-zA-Z]+$/);
				expect(errors.length).toBeLessThanOrEqual(20);
				for (const { code, message, pointer } of errors) {
					expect(typeof message).toBe('string');
					expect(code === undefined || Number.isFinite(code)).toBe(true);
					expect(['string', 'undefined']).toContain(typeof pointer);
				}
				expect(retryAfterMs === undefined || retryAfterMs >= 0).toBe(true);
			}),
			{ numRuns: 1500 },
		);
	});

	test('reads its own words whole and nothing from a part of them', () => {
		const whole = JSON.stringify({ success: true, errors: [], result: { id: 'a' } });
		for (let length = 0; length < whole.length; length += 1) {
			expect(read({ status: 200, headers: {}, body: whole.slice(0, length) }, 'object').ok).toBe(
				false,
			);
		}
		expect(read({ status: 200, headers: {}, body: whole }, 'object').ok).toBe(true);
	});

	test('survives a chain of errors of any depth', () => {
		const depth = 20_000;
		const text = `{"success":false,"errors":${'[{"message":"a","error_chain":'.repeat(depth)}[]${'}]'.repeat(depth)}}`;
		const outcome = read({ status: 400, headers: {}, body: text }, 'object');
		expect(outcome).toMatchObject({ ok: false, failure: { kind: 'invalid', status: 400 } });
	});
});
