/** What a client sends, without its secrets. */
export interface SentRequest {
	method: string;
	/** Without /client/v4. */
	path: string;
	query: Array<[string, string]>;
	body?: unknown;
	/** Of the body. */
	contentType?: string;
}

/** Reads a request, and leaves it to be sent. */
export async function readRequest(request: Request): Promise<SentRequest> {
	const { pathname, searchParams } = new URL(request.url);
	const text = await request.clone().text();
	return {
		method: request.method,
		path: pathname.replace('/client/v4', ''),
		query: [...searchParams],
		...(text === ''
			? {}
			: {
					body: JSON.parse(text) as unknown,
					contentType: request.headers.get('content-type') ?? undefined,
				}),
	};
}
