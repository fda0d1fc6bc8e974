const cuts = new WeakSet<Response>();

/** An answer that no client may see: the front cuts the connection instead. */
export function cutResponse(): Response {
	const response = new Response(null, { status: 502 });
	cuts.add(response);
	return response;
}

/** Whether a front has to cut the connection instead of sending this answer. */
export const isCut = (response: Response): boolean => cuts.has(response);
