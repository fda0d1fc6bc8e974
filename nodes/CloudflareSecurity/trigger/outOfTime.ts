import type { CloudflareClient } from '../transport/client';
import { failureKindOf, type NodeError } from '../transport/errors';

/** In a poll nothing is cancelled but by its own time, which other words must tell than those of a stopped execution. */
export function tellOutOfTime<E>(
	error: E,
	client: CloudflareClient,
	timeMs: number,
): E | NodeError {
	if (failureKindOf(error) !== 'cancelled') return error;
	return client.toError({
		kind: 'network',
		method: 'GET',
		path: 'audit log',
		errors: [],
		detail: `no complete answer within the ${Math.round(timeMs / 1000)} s of a poll`,
		effectUnknown: false,
	});
}
