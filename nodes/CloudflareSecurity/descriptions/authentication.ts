import type { INodeProperties } from 'n8n-workflow';

export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'API Token',
			value: 'token',
			description: 'A token of a user or an account, limited to what it may do',
		},
		{
			name: 'Global API Key',
			value: 'globalKey',
			description: 'A key with all rights of its user, together with the e-mail address',
		},
	],
	default: 'token',
};
