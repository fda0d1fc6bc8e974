import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { actionProperties } from './actions/registry';
import { run } from './actions/run';
import { authenticationField } from './descriptions/authentication';
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
		properties: [authenticationField, ...actionProperties],
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this);
	}
}
