import { failed, type ApiErrorEntry, type ApiFailure, type Outcome } from './failure';
import { kindOfAnswer } from './failureRules';
import { isObject, misfitInRecord, misfitInRows, type Shape } from './shape';

/** An answer as it came, before anybody trusted it. */
export interface RawAnswer {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	body: unknown;
}

/**
 * What `result` must be: 'nothing' also takes an empty 204. A receipt is nothing too, but may come without the rest of
 * the envelope: then a result of its shape tells the success.
 */
export type Expected =
	| 'object'
	| 'array'
	| 'nothing'
	| { record: Shape }
	| { rows: Shape }
	| { receipt: Shape };

export interface AnswerTo {
	method: string;
	path: string;
	expect: Expected;
}

type Fields = Readonly<Record<string, unknown>>;

const MAX_ENTRIES = 20;
/** Chains seen so far have one link. */
const MAX_DEPTH = 10;

export function header(headers: Fields, name: string): string | undefined {
	const value = headers[name];
	if (Array.isArray(value)) return value.map(String).join(', ');
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A number, or one written as text; an empty code is none. */
function errorCode(value: unknown): number | undefined {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	return isNumber && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function errorEntries(value: unknown, depth = 0): ApiErrorEntry[] {
	if (!Array.isArray(value) || depth > MAX_DEPTH) return [];
	return value.flatMap((entry: unknown): ApiErrorEntry[] => {
		if (typeof entry === 'string') return [{ message: entry }];
		if (!isObject(entry)) return [];
		const source = isObject(entry.source) ? entry.source : {};
		const code = errorCode(entry.code);
		return [
			{
				...(code === undefined ? {} : { code }),
				message: typeof entry.message === 'string' ? entry.message : '',
				...(typeof source.pointer === 'string' ? { pointer: source.pointer } : {}),
			},
			...errorEntries(entry.error_chain, depth + 1),
		];
	});
}

/** Milliseconds to wait, from seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfterMs(value: string | undefined, now: number): number | undefined {
	if (value === undefined || value.trim() === '') return undefined;
	const seconds = Number(value);
	const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
	return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function whatItIs(text: string): string {
	if (text.trim() === '') return 'an empty answer';
	if (/^\s*(?:<!doctype|<html|<\?xml|<)/i.test(text)) return 'a web page instead of JSON';
	if (/^\s*[[{]/.test(text)) return 'incomplete or broken JSON';
	return 'text instead of JSON';
}

function whatIsWrong(result: unknown, expect: Expected): string | undefined {
	if (expect === 'nothing') return undefined;
	if (expect === 'object') return misfitInRecord(result, {});
	if (expect === 'array') return misfitInRows(result, {});
	if ('receipt' in expect) return undefined;
	return 'rows' in expect
		? misfitInRows(result, expect.rows)
		: misfitInRecord(result, expect.record);
}

const isBareReceipt = ({ success, errors, result }: Fields, expect: Expected): boolean =>
	typeof expect === 'object' &&
	'receipt' in expect &&
	success === undefined &&
	errors === undefined &&
	misfitInRecord(result, expect.receipt) === undefined;

/**
 * Checks an answer against the API's envelope {success, errors, result, result_info}.
 * @param now milliseconds since 1970, for a retry-after that is a date
 * @returns the result only when the status, `success` and the shape of `result` all say so; else a failure
 */
export function readAnswer<T>(answer: RawAnswer, to: AnswerTo, now: number): Outcome<T> {
	const { status, headers } = answer;
	const text = typeof answer.body === 'string' ? answer.body : '';
	const body = typeof answer.body === 'string' ? parseJson(text) : answer.body;
	const good = status >= 200 && status < 300;
	const common = {
		method: to.method,
		path: to.path,
		status,
		rayId: header(headers, 'cf-ray'),
		retryAfterMs: retryAfterMs(header(headers, 'retry-after'), now),
	};
	const unreadable = (detail: string): ApiFailure => ({
		...common,
		kind: 'unreadable',
		errors: [],
		detail,
		// With a good status the request was carried out, only its answer was lost on the way.
		effectUnknown: true,
	});

	if (status === 204 && to.expect === 'nothing') {
		return { ok: true, envelope: { result: undefined as T, resultInfo: {} } };
	}
	if (!isObject(body)) {
		if (good)
			return failed(unreadable(body === undefined ? whatItIs(text) : 'JSON of another shape'));
		return failed({
			...common,
			kind: kindOfAnswer(status, []),
			errors: [],
			detail: body === undefined ? whatItIs(text) : undefined,
			effectUnknown: status === 408 || status >= 500,
		});
	}
	const errors = errorEntries(body.errors).slice(0, MAX_ENTRIES);
	const succeeded = good && (body.success === true || isBareReceipt(body, to.expect));
	if (good && !succeeded && typeof body.success !== 'boolean' && errors.length === 0) {
		return failed(unreadable('JSON of another shape'));
	}
	if (!succeeded) {
		return failed({
			...common,
			kind: kindOfAnswer(status, errors),
			errors,
			detail: good ? 'the answer does not report success' : undefined,
			effectUnknown: status === 408 || status >= 500,
		});
	}
	const misfit = whatIsWrong(body.result, to.expect);
	if (misfit !== undefined) return failed(unreadable(`a result ${misfit}`));
	const date = Date.parse(header(headers, 'date') ?? '');
	return {
		ok: true,
		envelope: {
			result: body.result as T,
			resultInfo: isObject(body.result_info) ? body.result_info : {},
			...(Number.isFinite(date) ? { serverTime: date } : {}),
		},
	};
}
