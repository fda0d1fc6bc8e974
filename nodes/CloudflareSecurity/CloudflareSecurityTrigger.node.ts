import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { authenticationField } from './descriptions/authentication';
import { searchAccounts, searchZones } from './methods/listSearch';
import { getProductCategories } from './methods/loadOptions';
import { triggerFields } from './trigger/fields';
import { poll } from './trigger/poll';

export class CloudflareSecurityTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cloudflare Security Trigger',
		name: 'cloudflareSecurityTrigger',
		icon: {
			light: 'file:../../icons/cloudflareSecurity.svg',
			dark: 'file:../../icons/cloudflareSecurity.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["triggerOn"]].flat().join(", ") }}',
		// The editor's list of nodes shows this text for both nodes together.
		description:
			'Investigate and block attackers at Cloudflare, and start playbooks when the audit log of an account has something new',
		eventTriggerDescription: '',
		activationMessage:
			'From now on, new events in the audit log of your Cloudflare account start this workflow.',
		defaults: { name: 'Cloudflare Security Trigger' },
		polling: true,
		inputs: [],
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
		properties: [authenticationField, ...triggerFields],
	};

	methods = { listSearch: { searchAccounts, searchZones }, loadOptions: { getProductCategories } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
