import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { actionProperties } from './actions/registry';
import { run } from './actions/run';
import { listSearch } from './methods/listSearch';
import { loadOptions } from './methods/loadOptions';

export class CloudflareSecurity implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cloudflare Security',
		name: 'cloudflareSecurity',
		icon: {
			light: 'file:../../icons/cloudflareSecurity.svg',
			dark: 'file:../../icons/cloudflareSecurity.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Investigate DNS, audit logs, insights and Access at Cloudflare, and block attackers with WAF rules',
		defaults: { name: 'Cloudflare Security' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'cloudflareSecurityTokenApi',
				required: true,
				displayOptions: { show: { authentication: ['token'] } },
			},
			{
				name: 'cloudflareSecurityGlobalKeyApi',
				required: true,
				displayOptions: { show: { authentication: ['globalKey'] } },
			},
		],
		properties: [
			{
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
			},
			...actionProperties,
		],
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this);
	}
}
