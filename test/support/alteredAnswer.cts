/** Changes what the answer to some requests says. */
export interface Alter {
	method: string;
	/** Of the path below the API's base URL. */
	path: RegExp;
	/** Gives the other `result`. */
	to?: (result: unknown) => unknown;
	/** Members of `result_info` in place of those that are there. */
	info?: object;
}

/** The answer as it is, or with another content where it is the one to change. */
export function altered(
	{ method, url }: Request,
	response: Response,
	alter: Alter | undefined,
): Response {
	if (alter?.method !== method || !alter.path.test(new URL(url).pathname)) return response;
	const body = new ReadableStream({
		async start(controller) {
			const envelope = (await response.json()) as { result: unknown; result_info?: object };
			const { to = (same) => same, info = {} } = alter;
			const result = to(envelope.result);
			const result_info = { ...envelope.result_info, ...info };
			const text = JSON.stringify({ ...envelope, result, result_info });
			controller.enqueue(new TextEncoder().encode(text));
			controller.close();
		},
	});
	const { status, headers } = response;
	return new Response(body, { status, headers });
}
