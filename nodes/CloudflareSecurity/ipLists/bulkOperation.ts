import type { CloudflareClient } from '../transport/client';
import { kindOfAnswer } from '../transport/failureRules';
import { apiPath, hexId, type PathSegment } from '../transport/path';
import { listsPath } from './ipList';
import { tellBeside } from '../transport/tellBeside';

export interface BulkOperation {
	id?: string;
	status?: string;
	error?: string;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;

/** The status with which Cloudflare says that a bulk operation failed. */
const FAILED_STATUS = 200;

/**
 * Waits until Cloudflare has carried out a write to a list: it only accepts it at first.
 * @param deadline by the clock of this machine, in milliseconds since 1970
 * @throws NodeApiError when Cloudflare says that it failed, or does not come to an end in time
 */
export async function awaitOperation(
	client: CloudflareClient,
	account: PathSegment,
	operationId: string,
	deadline: number,
): Promise<void> {
	const id = hexId(operationId, { field: 'Bulk operation' });
	const path = apiPath`${listsPath(account)}/bulk_operations/${id}`;
	const call = { method: 'GET', path: path.text };
	for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
		const expect = { record: { 'status?': 'text' } } as const;
		const request = { method: 'GET', path, expect } as const;
		const { result } = await client.send<BulkOperation>(request).catch((error: unknown) => {
			tellBeside(
				error,
				'Cloudflare accepted the write to the list, and may have carried it out by now or do so later.',
			);
			throw error;
		});
		if (result.status === 'completed') return;
		if (result.status === 'failed') {
			const message = result.error || 'the bulk operation failed, and Cloudflare does not say why';
			const errors = [{ message }];
			throw client.toError({
				...call,
				kind: kindOfAnswer(FAILED_STATUS, errors),
				status: FAILED_STATUS,
				errors,
				effectUnknown: false,
			});
		}
		if (client.now() + wait > deadline) {
			throw client.toError({
				...call,
				kind: 'server',
				errors: [],
				detail: `the write to the list was accepted, but is still ${result.status}; Cloudflare may carry it out later`,
				effectUnknown: true,
			});
		}
		await client.pause(wait, call);
	}
}
