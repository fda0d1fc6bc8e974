import type { INodeProperties } from 'n8n-workflow';
import type { AuditSource } from '../auditEvents/auditEvent';
import { oneOf } from '../input/values';

export const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Audit Logs V2',
			value: 'v2',
			description:
				'From 10 March 2026 on: nearly all products, with the API token and the request of each change',
		},
		{
			name: 'Audit Logs V1',
			value: 'v1',
			description: 'Up to 18 months back, with the values before and after each change',
		},
	],
	default: 'v2',
	description: "Which of Cloudflare's two audit logs to read",
};

const names: readonly AuditSource[] = ['v1', 'v2'];

/** @throws InputError when it is neither */
export const readSource = (value: unknown): AuditSource => oneOf(value, names, 'Source');
