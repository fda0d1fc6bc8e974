import { fail } from './envelope.cjs';
import { tooManyRequests } from './errors.cjs';
import { cutResponse } from './cut.cjs';
import type { Fault } from './faults.cjs';

const page = (status: number): string =>
	`<!DOCTYPE html>\n<html><head><title>${status}: Internal server error</title></head>` +
	`<body><h1>Error ${status}</h1><p>Cloudflare is having trouble. Please try again.</p></body></html>\n`;
const typed = (body: string, status: number, contentType: string): Response =>
	new Response(body, { status, headers: { 'Content-Type': contentType } });

/** The answer in place of the real one, or undefined when the call still has to take effect. */
export function faultResponse(fault: Fault): Response | undefined {
	switch (fault.kind) {
		case 'status': {
			const { status, headers, body } = fault;
			const errors = fault.errors ?? [{ code: status, message: `Injected error ${status}` }];
			if (body === undefined) return fail(status, errors, headers);
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			return new Response(text, {
				status,
				headers: { 'Content-Type': 'application/json', ...headers },
			});
		}
		case 'html':
			return typed(page(fault.status ?? 500), fault.status ?? 500, 'text/html; charset=UTF-8');
		case 'text':
			return typed(fault.text ?? 'error code: 1015', fault.status ?? 500, 'text/plain');
		case 'truncatedJson':
			return typed(
				'{"success":true,"errors":[],"result":[{"id":"',
				fault.status ?? 200,
				'application/json',
			);
		case 'body':
			return typed(fault.body, fault.status ?? 200, fault.contentType ?? 'application/json');
		case 'successFalse': {
			const errors =
				fault.errors === undefined ? [{ code: 1000, message: 'Injected failure' }] : fault.errors;
			return typed(
				JSON.stringify({ success: false, errors, messages: [], result: null }),
				200,
				'application/json',
			);
		}
		case 'rateLimited': {
			const { status, errors, headers } = tooManyRequests(1200, 300, fault.retryAfter ?? 1);
			return fail(status, errors, fault.retryAfter === null ? {} : headers);
		}
		case 'redirect':
			return new Response(null, {
				status: fault.status ?? 302,
				headers: { Location: fault.location ?? 'https://elsewhere.example/client/v4/' },
			});
		case 'cutBefore':
			return cutResponse();
		default:
			return undefined;
	}
}
