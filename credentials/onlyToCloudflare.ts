import type { INodeProperties } from 'n8n-workflow';

/**
 * n8n adds fields to credentials that let its HTTP Request node send them to any host, unless a credential has these
 * itself. Hidden, so that nobody opens them by mistake; an n8n that does not know them ignores them.
 */
export const onlyToCloudflare: INodeProperties[] = [
	{
		displayName: 'Allowed HTTP Request Domains',
		name: 'allowedHttpRequestDomains',
		type: 'hidden',
		default: 'domains',
	},
	{
		displayName: 'Allowed Domains',
		name: 'allowedDomains',
		type: 'hidden',
		default: 'api.cloudflare.com',
	},
];
