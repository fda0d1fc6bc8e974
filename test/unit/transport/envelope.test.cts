import {
	header,
	readAnswer,
	type Expected,
} from '../../../nodes/CloudflareSecurity/transport/envelope';
import type { ApiFailure } from '../../../nodes/CloudflareSecurity/transport/failure';

const NOW = Date.UTC(2026, 10, 20, 12);
const read = (
	status: number,
	body: unknown,
	{ headers = {}, expect = 'object' as Expected, method = 'POST' } = {},
) => readAnswer({ status, headers, body }, { method, path: '/x', expect }, NOW);

function failureOf(...args: Parameters<typeof read>): ApiFailure {
	const outcome = read(...args);
	if (outcome.ok) throw new Error('It was taken for a success');
	return outcome.failure;
}
const json = (value: unknown) => JSON.stringify(value);
const refusal = (errors: unknown) => json({ success: false, errors, messages: [], result: null });

describe('readAnswer', () => {
	test.each<[what: string, status: number, body: unknown, kind: string, detail?: string]>([
		['HTML, 200', 200, '<!DOCTYPE html><p>Hi', 'unreadable', 'a web page instead of JSON'],
		['HTML, 500', 500, '\n<html></html>', 'server', 'a web page instead of JSON'],
		['XML, 502', 502, '<?xml version="1.0"?>', 'server', 'a web page instead of JSON'],
		['text, 502', 502, 'error code: 502', 'server', 'text instead of JSON'],
		['text, 200', 200, 'OK', 'unreadable', 'text instead of JSON'],
		['half of it, 200', 200, '{"success":true,"resu', 'unreadable', 'incomplete or broken JSON'],
		['half of it, 429', 429, '{"success":fa', 'rateLimited', 'incomplete or broken JSON'],
		['null', 200, 'null', 'unreadable', 'JSON of another shape'],
		['a number', 200, '123', 'unreadable', 'JSON of another shape'],
		['a list', 200, '[{"id":1}]', 'unreadable', 'JSON of another shape'],
		['nothing, 200', 200, '', 'unreadable', 'an empty answer'],
		['nothing, undefined', 200, undefined, 'unreadable', 'an empty answer'],
		['blanks, 503', 503, ' \n', 'server', 'an empty answer'],
		['204 where a record is due', 204, '', 'unreadable', 'an empty answer'],
		['null, 404', 404, 'null', 'notFound', undefined],
		['success false, 200', 200, refusal([]), 'invalid', 'the answer does not report success'],
		['errors null, 200', 200, refusal(null), 'invalid', 'the answer does not report success'],
		['no envelope, 200', 200, '{"login":"please"}', 'unreadable', 'JSON of another shape'],
		[
			'success as text',
			200,
			'{"success":"true","result":{}}',
			'unreadable',
			'JSON of another shape',
		],
		[
			'result null',
			200,
			'{"success":true,"result":null}',
			'unreadable',
			'a result that is no record',
		],
		[
			'result a list',
			200,
			'{"success":true,"result":[]}',
			'unreadable',
			'a result that is no record',
		],
		['errors null, 403', 403, refusal(null), 'credentialOrPermission', undefined],
		['success true, 500', 500, json({ success: true, result: { id: 'a' } }), 'server', undefined],
		['a redirect', 302, '', 'redirect', 'an empty answer'],
	])('%s', (_what, status, body, kind, detail) => {
		expect(failureOf(status, body)).toMatchObject({ kind, status, detail, errors: [] });
	});

	test.each<[unknown, Expected]>([
		[{ id: 'a' }, 'array'],
		[null, 'array'],
		[[{ id: 'a' }, null], 'array'],
		[['a'], 'array'],
		[[], 'object'],
		['text', 'object'],
		[{ issues: { id: 'a' } }, { record: { issues: [{}] } }],
		[{}, { record: { issues: [{}] } }],
		[{ rules: 'none' }, { record: { 'rules?': [{}] } }],
		[{ rules: [null] }, { record: { 'rules?': [{}] } }],
		[[], { record: { 'rules?': [{}] } }],
	])('takes the result %j not for: %s', (result, expect_) => {
		const body = json({ success: true, result });
		expect(failureOf(200, body, { expect: expect_ }).kind).toBe('unreadable');
	});

	test.each<[unknown, Expected, string]>([
		[{}, { record: { name: 'text' } }, 'whose name is no text'],
		[{ name: null }, { record: { name: 'text' } }, 'whose name is no text'],
		[{ name: ['a'] }, { record: { 'name?': 'text' } }, 'whose name is no text'],
		[[{ size: '1' }], { rows: { size: 'whole number' } }, 'whose size is no whole number'],
		[[{ size: -1 }], { rows: { size: 'whole number' } }, 'whose size is no whole number'],
		[{ version: '-1' }, { record: { version: 'version number' } }, 'whose version is no version number'], // prettier-ignore
		[{ version: '9.9' }, { record: { version: 'version number' } }, 'whose version is no version number'], // prettier-ignore
		[[{ at: 1 }], { rows: { at: { id: 'text' } } }, 'whose at is no record'],
		[[{ at: {} }, {}], { rows: { 'at?': { id: 'text' } } }, 'whose at.id is no text'],
		[{ rules: [{}, { id: 7 }] }, { record: { rules: [{ 'id?': 'text' }] } }, 'whose rules.id is no text'], // prettier-ignore
		[[{ id: 'a' }, { id: 7 }], { rows: { id: 'text' } }, 'whose id is no text'],
	])('says of the result %j what is wrong with it: %j', (result, expect_, detail) => {
		const body = json({ success: true, result });
		expect(failureOf(200, body, { expect: expect_ })).toMatchObject({
			kind: 'unreadable',
			detail: `a result ${detail}`,
		});
	});

	test.each<[number, unknown, Expected, unknown]>([
		[200, { success: true, result: { a: 'x', b: 0 } }, { record: { a: 'text', b: 'whole number' } }, { a: 'x', b: 0 }], // prettier-ignore
		[200, { success: true, result: { v: '12' } }, { record: { v: 'version number', 'at?': { id: 'text' } } }, { v: '12' }], // prettier-ignore
		[200, { success: true, result: [{ at: null }] }, { rows: { 'at?': { id: 'text' } } }, [{ at: null }]], // prettier-ignore
		[200, { success: true, result: { id: 'a' } }, 'object', { id: 'a' }],
		[201, { success: true, result: [] }, 'array', []],
		[200, { success: true, result: null }, 'nothing', null],
		[204, '', 'nothing', undefined],
		[200, { success: true, result: { id: 'a' } }, { record: { 'rules?': [{}] } }, { id: 'a' }],
		[
			200,
			{ success: true, result: { rules: null } },
			{ record: { 'rules?': [{}] } },
			{ rules: null },
		],
	])('takes HTTP %i %j', (status, body, expect_, result) => {
		const text = typeof body === 'string' ? body : json(body);
		expect(read(status, text, { expect: expect_ })).toMatchObject({
			ok: true,
			envelope: { result, resultInfo: {} },
		});
	});

	const receipt: Expected = { receipt: { id: 'text' } };
	test.each([
		['the result alone', '{"result":{"id":"a"}}', { id: 'a' }],
		['the whole envelope', '{"success":true,"errors":[],"result":{"id":"a"}}', { id: 'a' }],
		['an envelope without result', '{"success":true}', undefined],
	])('takes for a receipt: %s', (_what, body, result) => {
		const envelope = { result, resultInfo: {} };
		expect(read(200, body, { expect: receipt })).toMatchObject({ ok: true, envelope });
	});

	test.each<[body: string, kind: string, status?: number]>([
		['{"result":{"id":"a"}}', 'notFound', 404],
		['{"result":{"id":"a"},"success":false}', 'invalid'],
		['{"result":{"id":"a"},"errors":[{"code":1,"message":"no"}]}', 'invalid'],
		['{"result":{"id":7}}', 'unreadable'],
		['{"result":null}', 'unreadable'],
		['{"id":"a"}', 'unreadable'],
	])('takes not for a receipt: %s', (body, kind, status = 200) => {
		expect(failureOf(status, body, { expect: receipt }).kind).toBe(kind);
	});

	test('takes a result without its envelope for nothing but a receipt', () => {
		for (const expect_ of ['object', 'nothing', { record: { id: 'text' } }] as const)
			expect(failureOf(200, '{"result":{"id":"a"}}', { expect: expect_ }).kind).toBe('unreadable');
	});

	test('hands on page information and the server time', () => {
		const headers = { date: 'Fri, 20 Nov 2026 11:59:58 GMT' };
		const body = json({ success: true, result: [], result_info: { page: 1 } });
		expect(read(200, body, { headers, expect: 'array' })).toEqual({
			ok: true,
			envelope: { result: [], resultInfo: { page: 1 }, serverTime: NOW - 2_000 },
		});
	});

	test.each<[what: string, errors: unknown, read: unknown[]]>([
		['code and message', [{ code: 1004, message: 'a' }], [{ code: 1004, message: 'a' }]],
		['no code', [{ message: 'a' }], [{ message: 'a' }]],
		['code null', [{ code: null, message: 'a' }], [{ message: 'a' }]],
		[
			'code of a wrong kind',
			[{ code: [], message: 'a' }, { code: true }],
			[{ message: 'a' }, { message: '' }],
		],
		['code as text', [{ code: '1004', message: 'a' }], [{ code: 1004, message: 'a' }]],
		['code empty', [{ code: '', message: 'a' }], [{ message: 'a' }]],
		['code 0', [{ code: 0, message: 'a' }], [{ code: 0, message: 'a' }]],
		['no message', [{ code: 7 }], [{ code: 7, message: '' }]],
		['text', ['a'], [{ message: 'a' }]],
		['null', [null, 3, []], []],
		[
			'pointer',
			[{ code: 20125, message: 'a', source: { pointer: '/rules/0' } }],
			[{ code: 20125, message: 'a', pointer: '/rules/0' }],
		],
		['source null', [{ code: 1, message: 'a', source: null }], [{ code: 1, message: 'a' }]],
		[
			'chain',
			[{ code: 6003, message: 'a', error_chain: [{ code: 6111, message: 'b' }] }, { message: 'c' }],
			[{ code: 6003, message: 'a' }, { code: 6111, message: 'b' }, { message: 'c' }],
		],
		['an object in place of the list', { code: 1, message: 'a' }, []],
	])('errors: %s', (_what, errors, expected) => {
		expect(failureOf(400, refusal(errors)).errors).toEqual(expected);
	});

	test('keeps 20 entries', () => {
		const errors = Array.from({ length: 50 }, (_, code) => ({ code, message: 'a' }));
		expect(failureOf(400, refusal(errors)).errors).toHaveLength(20);
	});

	test.each<[string | undefined, number | undefined]>([
		['7', 7_000],
		['0', 0],
		['-3', 0],
		['1.5', 1_500],
		[' 300 ', 300_000],
		['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
		['Fri, 20 Nov 2026 11:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
		['Infinity', undefined],
		[undefined, undefined],
	])('retry-after %j', (value, milliseconds) => {
		const headers = { 'retry-after': value };
		expect(failureOf(429, '', { headers }).retryAfterMs).toBe(milliseconds);
		expect(failureOf(503, refusal([]), { headers }).retryAfterMs).toBe(milliseconds);
	});

	test('keeps the Ray ID', () => {
		const headers = { 'cf-ray': '8f0000-AMS' };
		expect(failureOf(500, '<html>', { headers }).rayId).toBe('8f0000-AMS');
		expect(failureOf(400, refusal([]), { headers }).rayId).toBe('8f0000-AMS');
	});

	test.each<[status: number, body: string, unknown: boolean]>([
		[400, refusal([]), false],
		[403, '<html>', false],
		[408, '', true],
		[429, refusal([]), false],
		[500, refusal([]), true],
		[502, 'error', true],
		[200, '<html>', true],
		[200, '{"success":tr', true],
		[200, '{}', true],
		[200, '{"success":true,"result":7}', true],
		[200, refusal([]), false],
		[302, '', false],
	])('whether HTTP %i %j may have been carried out: %s', (status, body, unknown) => {
		expect(failureOf(status, body).effectUnknown).toBe(unknown);
	});
});

test.each<[unknown, string | undefined]>([
	['a', 'a'],
	[['a', 'b'], 'a, b'],
	[7, '7'],
	[undefined, undefined],
	[null, undefined],
	[{}, undefined],
])('header %j', (value, text) => {
	expect(header({ name: value }, 'name')).toBe(text);
});
