import type { ErrorEntry } from './errors.cjs';

export interface Note {
	code: number;
	message: string;
	type?: string | null;
}

/** What a route answers: the parts of a successful envelope, or nothing at all (204). */
export interface Reply {
	status: 200 | 204;
	result?: unknown;
	result_info?: Record<string, unknown>;
	messages?: Note[];
	/** The result alone, without the rest of the envelope. */
	isBare?: boolean;
}

export const ok = (result: unknown, more: Pick<Reply, 'result_info' | 'messages'> = {}): Reply => ({
	status: 200,
	result,
	...more,
});
export const empty = (): Reply => ({ status: 204 });

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'Content-Type': 'application/json', ...headers },
	});
}

export function succeed({ status, result, result_info, messages = [], isBare }: Reply): Response {
	if (status === 204) return new Response(null, { status });
	if (isBare) return json(status, { result });
	return json(status, { result, success: true, errors: [], messages, result_info });
}

export function fail(
	status: number,
	errors: ErrorEntry[],
	headers?: Record<string, string>,
): Response {
	return json(status, { result: null, success: false, errors, messages: [] }, headers);
}
