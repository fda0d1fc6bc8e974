import { apiPath } from '../apiPath.cjs';
import type { AuditRequest } from './types.cjs';

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** A request as audit logs tell of it, should it change something. */
export function auditRequest(
	{ method, url, headers }: Request,
	text: string,
	ray: string,
): AuditRequest {
	const { pathname, search } = new URL(url);
	const userAgent = headers.get('user-agent') ?? '';
	const uri = `${apiPath(pathname)}${search}`;
	return { method, uri, status: 200, userAgent, ray, body: text === '' ? undefined : parsed(text) };
}
