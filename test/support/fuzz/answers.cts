/** Answers as no API should give them: of another shape, of another kind, lying, broken, endless. */
import fc from 'fast-check';
import type { HostAnswer } from '../fakeHost.cjs';
import { MARK } from './hostile.cjs';
import { lightSecret } from './lightHost.cjs';

/** What becomes of an answer. */
export interface Mutation {
	shown: string;
	/** May throw, as n8n's request helper does when there is no answer. */
	apply(answer: HostAnswer): HostAnswer;
	/** Whether the answer then says that the request failed, or says nothing that can be understood. */
	isFailure?: true;
	/** Whether the answer says in the API's own form that nothing was done. */
	isRefusal?: boolean;
	/** When it strikes each time, the first answer that it made comes again and again. */
	isRepeated?: true;
}

type Json = Record<string, unknown>;

const HEX = 'fedcba9876543210fedcba9876543210';

/** In place of any part of an answer; as functions, so that no run changes what the next one is given. */
const PARTS: ReadonlyArray<() => unknown> = [
	() => null,
	() => true,
	() => false,
	() => 0,
	() => -1,
	() => 1.5,
	() => 1e308,
	() => 2 ** 53,
	() => '',
	() => ' ',
	() => '0',
	() => '-1',
	() => MARK,
	() => HEX,
	() => HEX.toUpperCase(),
	() => `../../${MARK}`,
	() => `${HEX}/../..`,
	() => `https://evil.example/${MARK}`,
	() => `${MARK}?x#y`,
	() => `"} or true or ip.src in {"`,
	() => `\\`,
	() => `${MARK}\u0000\r\n\u202e\u200b`,
	() => '\ud800',
	() => '0000-99-99T99:99:99Z',
	() => '+999999-01-01T00:00:00Z',
	() => '2099-01-01T00:00:00Z',
	() => '0001-01-01T00:00:00Z',
	() => '999.1.1.1/99',
	() => '0.0.0.0/0',
	() => '::/0',
	() => 'constructor',
	() => '__proto__',
	() => 'x'.repeat(100_000),
	() => [],
	() => [null],
	() => [[]],
	() => [MARK],
	() => [{}],
	() => [1, 'a', null, {}],
	() => ({}),
	() => ({ [MARK]: { [MARK]: 1 } }),
	() => ({ id: HEX }),
	() => ({ id: null, name: null }),
	() => ({ toString: 1, valueOf: null }),
	() => ({ length: 1e9 }),
	() => ({ then: MARK }),
	() => ({ toJSON: MARK }),
	() => JSON.parse(`{"__proto__":{"${MARK}":1},"constructor":{"prototype":{"${MARK}":1}}}`),
	() => nested(2_000),
];

function nested(levels: number): unknown {
	let value: unknown = MARK;
	for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
	return value;
}

interface Place {
	holder: Json | unknown[];
	key: string | number;
	name: string;
}

/** Rows of a list are alike: two of them stand for all. */
const ROWS = 2;

function* placesIn(value: unknown, name: string): Generator<Place> {
	if (typeof value !== 'object' || value === null) return;
	const entries = Object.entries(value).slice(0, Array.isArray(value) ? ROWS : undefined);
	for (const [key, child] of entries) {
		const place = `${name}.${key}`;
		yield { holder: value as Json, key: Array.isArray(value) ? Number(key) : key, name: place };
		yield* placesIn(child, place);
	}
}

const withBody = (answer: HostAnswer, change: (body: Json) => unknown): HostAnswer => {
	const body = JSON.parse(answer.body as string) as Json;
	const changed = change(body);
	return { ...answer, body: JSON.stringify(changed === undefined ? body : changed) };
};

/** Puts something in the place of any part of the answer, leaves the part out, or doubles it. */
export function inPart(place: number, action: number): Mutation {
	const part = PARTS[action];
	const actionText = part ? JSON.stringify(part()).slice(0, 80) : ['nothing', 'it twice', 'it in a list'][action - PARTS.length]; // prettier-ignore
	return {
		shown: `part ${place}: ${actionText}`,
		apply: (answer) =>
			withBody(answer, (body) => {
				const places = [...placesIn(body, 'body')];
				if (places.length === 0) return;
				const { holder, key } = places[place % places.length];
				const at = holder as Json;
				if (part) at[key] = part();
				else if (action === PARTS.length && Array.isArray(holder)) holder.splice(Number(key), 1);
				else if (action === PARTS.length) delete at[key];
				else if (action === PARTS.length + 1 && Array.isArray(holder))
					holder.push(holder[Number(key)]); // prettier-ignore
				else at[key] = [at[key]];
			}),
	};
}

const raw = (shown: string, body: (text: string) => unknown): Mutation => ({
	shown,
	apply: (answer) => ({ ...answer, body: body(answer.body as string) }),
	isFailure: true,
});
const harmless = ({ shown, apply }: Mutation): Mutation => ({ shown, apply });

const RAW: readonly Mutation[] = [
	raw('an empty text', () => ''),
	raw('a web page', () => '<!DOCTYPE html><html><title>undefined</title></html>'.replace('undefined', MARK)), // prettier-ignore
	raw('a text', () => `error code: 1020 ${MARK}`),
	raw('half of it', (text) => text.slice(0, text.length / 2)),
	raw('all but its end', (text) => text.slice(0, -1)),
	raw('it and more', (text) => `${text}${text}`),
	raw('a byte-order mark before it', (text) => `\ufeff${text}`),
	raw('UTF-16 read as Latin 1', (text) => Buffer.from(text, 'utf16le').toString('latin1')),
	raw('a list', (text) => `[${text}]`),
	raw('null', () => 'null'),
	raw('a number', () => '7'),
	raw('text in quotes', (text) => JSON.stringify(text)),
	raw('an empty record', () => '{}'),
	raw('brackets without end', () => '['.repeat(100_000)),
	raw('success as text', (text) => text.replace('"success":true', '"success":"true"')),
	raw('no body', () => undefined),
	raw('a body of null', () => null),
	raw('a buffer', (text) => Buffer.from(text.slice(1))),
	raw('a list for a body', () => [1]),
	raw('success told twice', (text) => text.replace(/\}$/, ',"success":false}')),
	harmless(raw('keys told twice', (text) => text.replace(/^\{/, '{"result":7,"errors":"x","__proto__":{"a":1},'))), // prettier-ignore
	harmless(raw('blanks around it', (text) => ` \n${text}\n `)),
];

/**
 * With another status the request may have been carried out (408, 5xx), or what it wanted may be so already (404, 409, and
 * 429 when the node looks before it asks again); 204 and 3xx have no body that says anything.
 */
const isRefusal = (status: number): boolean =>
	[200, 201, 400, 401, 403, 405, 413, 422].includes(status);

const failure = (shown: string, errors: unknown, status = 200, more: Json = {}): Mutation => ({
	shown: `${status}: ${shown}`,
	apply: (answer) => ({
		...answer,
		statusCode: status,
		body: JSON.stringify({ success: false, errors, messages: [], result: null, ...more }),
	}),
	isFailure: true,
	isRefusal: isRefusal(status),
});

const STATUSES = [200, 201, 204, 301, 304, 400, 401, 403, 404, 405, 408, 409, 413, 422, 429, 500, 502, 520, 530]; // prettier-ignore
const ERRORS: ReadonlyArray<[string, unknown]> = [
	['no errors', null],
	['an empty list', []],
	['a text', MARK],
	['a record', { code: 1000, message: MARK }],
	['odd entries', [null, 7, 'text', [], {}, { code: {}, message: [] }, { code: 'x', message: 7 }]],
	['an echo of the secret', [{ code: 1000, message: `bad ${lightSecret} ${encodeURIComponent(lightSecret)}` }]], // prettier-ignore
	['a very long message', [{ code: 1000, message: 'y'.repeat(1_000_000) }]],
	['very many', Array.from({ length: 2_000 }, (_, code) => ({ code, message: 'z'.repeat(900) }))],
	[
		'a long chain',
		[nested(500), { message: MARK, error_chain: [{ message: MARK, error_chain: 7 }] }],
	],
	[
		'control characters',
		[{ code: 10_000, message: `${MARK}\r\n\u0000\u202e`, source: { pointer: 7 } }],
	],
	[
		'codes that mean something',
		[{ code: 10_009, message: MARK }, { code: 81_058 }, { code: 20_217 }],
	],
	[
		'huge codes',
		[
			{ code: 1e308, message: MARK },
			{ code: '1e999', message: MARK },
		],
	],
];

const FAILURES: readonly Mutation[] = STATUSES.flatMap((status) => [
	...ERRORS.map(([shown, errors]) => failure(shown, errors, status)),
	failure('success beside errors', [{ code: 7003, message: MARK }], status, { success: null }),
]);

/** The very answer, with rows and all, that says it is none. */
const DENIED: readonly Mutation[] = STATUSES.filter((status) => status < 300 || status >= 400).map(
	(status) => ({
		shown: `${status}: success false beside the result`,
		apply: (answer) => ({ ...withBody(answer, (body) => void Object.assign(body, { success: false, errors: [] })), statusCode: status }),
		isFailure: true,
		isRefusal: isRefusal(status),
	}),
); // prettier-ignore

/** Refusals that hold all that a success would: what believes one of them does not look at `success`. */
export const refusals: readonly Tampering[] = DENIED.filter(({ isRefusal: is }) => is).map(
	(each) => ({ mutation: each, isLasting: true }),
);

const header = (headers: Record<string, unknown>): Mutation => ({
	shown: `headers ${JSON.stringify(headers).slice(0, 120)}`,
	apply: (answer) => ({ ...answer, headers: { ...answer.headers, ...headers } }),
});

const HEADERS: readonly Mutation[] = [
	...['', 'x', ';;;', '"a";r=-1;t=-1', '"a";r=0;t=1', '"a";r=0;t=59', '"a";r=99999999999999999999;t=1', '"a";r=0;t=99999999999999999999', 'r=NaN;t=Infinity', '"a";r=1;t=1,'.repeat(2_000)].map((ratelimit) => header({ ratelimit })), // prettier-ignore
	...['', 'x', '-1', '1e308', 'Infinity', 'NaN', '0.0001', 'Fri, 31 Dec 9999 23:59:59 GMT'].map((wait) => header({ 'retry-after': wait })), // prettier-ignore
	...['', 'x', 'Fri, 31 Dec 9999 23:59:59 GMT', '+275760-09-14', 'Thu, 01 Jan 1970 00:00:00 GMT', '-1'].map((date) => header({ date })), // prettier-ignore
	header({ 'cf-ray': `${lightSecret}` }),
	header({ 'cf-ray': 'r'.repeat(100_000) }),
	header({ 'cf-ray': ['a', 'b'], date: ['x', 'y'], ratelimit: [7], 'retry-after': {} }),
	{ shown: 'no headers', apply: (answer) => ({ ...answer, headers: {} }) },
];

const page = (info: unknown): Mutation => ({
	shown: `result_info ${JSON.stringify(info)}`,
	apply: (answer) =>
		withBody(answer, (body) => {
			const known = typeof body.result_info === 'object' ? body.result_info : {};
			body.result_info = info === null ? null : { ...known, ...(info as Json) };
			const { result } = body;
			// Insights tell the numbers beside their rows.
			if (typeof result === 'object' && result !== null && 'count' in result) {
				result.count = (info as Json | null)?.total_count ?? null;
			}
		}),
});

const PAGES: readonly Mutation[] = [
	null,
	{ total_count: 1e9 },
	{ total_pages: 1e9 },
	{ total_count: 1e9, total_pages: 1e9, per_page: 1 },
	{ total_count: -5, total_pages: -1 },
	{ total_count: 0, total_pages: 0 },
	{ total_count: '12', total_pages: '3', per_page: '5', page: '1' },
	{ total_count: 'many', per_page: {}, page: [] },
	{ per_page: 0 },
	{ per_page: 1e-9, total_count: 10 },
	{ per_page: -1, total_count: 1e9 },
	{ page: 7, count: 1 },
	{ cursors: { after: ['the same'] }, cursor: 7 },
	{ cursors: 'text', cursor: '' },
	{ cursor: '../x?y#z', cursors: { before: 'x' } },
	{ cursor: 'c'.repeat(100_000) },
].map(page);

/** The same page for ever, and each time a cursor to go on with. */
const ENDLESS: readonly Mutation[] = [
	{ cursor: 'the same', cursors: { after: 'the same' } },
	{ total_count: 1e9, total_pages: 1e9 },
].map((info) => ({ ...page(info), isRepeated: true }));

const broken = (shown: string, thrown: unknown): Mutation => ({
	shown: `thrown: ${shown}`,
	apply: () => {
		throw thrown;
	},
	isFailure: true,
});

const BROKEN: readonly Mutation[] = [
	broken('null', null),
	broken('nothing', undefined),
	broken('text', MARK),
	broken('a record', { message: { [MARK]: 1 }, code: {}, cause: 7 }),
	broken('a code', { code: 'ECONNRESET', message: `Bearer ${lightSecret}` }),
	broken('an odd code', Object.assign(new Error(MARK), { cause: { code: ['ECONNRESET'] } })),
	broken('a long message', new Error('w'.repeat(1_000_000))),
];

/** Mutations of every kind, the parts of the answer most often. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
	{
		arbitrary: fc.tuple(fc.nat(400), fc.nat(PARTS.length + 2)).map(([place, action]) => inPart(place, action)), // prettier-ignore
		weight: 10,
	},
	{ arbitrary: fc.constantFrom(...RAW), weight: 2 },
	{ arbitrary: fc.constantFrom(...FAILURES), weight: 3 },
	{ arbitrary: fc.constantFrom(...DENIED), weight: 1 },
	{ arbitrary: fc.constantFrom(...HEADERS), weight: 2 },
	{ arbitrary: fc.constantFrom(...PAGES), weight: 4 },
	{ arbitrary: fc.constantFrom(...ENDLESS), weight: 1 },
	{ arbitrary: fc.constantFrom(...BROKEN), weight: 1 },
);

/** What becomes of the answer of one request, or of all such requests from then on. */
export const tampering = fc.record({ mutation, isLasting: fc.boolean() });
export type Tampering = { mutation: Mutation; isLasting: boolean };

export const textOf = ({ mutation: { shown }, isLasting }: Tampering): string =>
	`${isLasting ? 'each time' : 'once'} ${shown}`;
