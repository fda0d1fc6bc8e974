import { contains } from '../language/compare.cjs';
import type { SandboxRequest } from '../requestFields.cjs';
import type { AccessRule } from './types.cjs';

/** Whether the rule is about this visitor. */
export function isAbout({ configuration }: AccessRule, request: SandboxRequest): boolean {
	const { target, value } = configuration;
	switch (target) {
		case 'asn':
			return request.asn !== undefined && value === `AS${request.asn}`;
		case 'country':
			return value === (request.country ?? 'XX');
		default:
			return contains({ kind: target === 'ip_range' ? 'cidr' : 'ip', value }, request.ip);
	}
}
