import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { answeredByOthers } from './answeredByOthers';
import { onlyToCloudflare } from './onlyToCloudflare';
import { textIn } from './textIn';

export class CloudflareSecurityGlobalKeyApi implements ICredentialType {
	name = 'cloudflareSecurityGlobalKeyApi';

	displayName = 'Cloudflare Global Key API';

	icon: Icon = {
		light: 'file:../icons/cloudflareSecurity.svg',
		dark: 'file:../icons/cloudflareSecurity.dark.svg',
	};

	documentationUrl = 'https://example.com/n8n-nodes-cloudflare-security#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'name@email.com',
			required: true,
			default: '',
			description: 'The address with which you sign in to the Cloudflare dashboard',
		},
		{
			displayName: 'Global API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In the Cloudflare dashboard: My Profile → API Tokens → Global API Key → View. It may do everything that your user may: prefer a token where you can.',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
			description:
				"Used wherever a node's Account is left empty. In the dashboard press Ctrl+K and enter “Copy account ID”.",
		},
		{
			displayName: 'Zone ID',
			name: 'zoneId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
			description:
				"Used wherever a node's Zone is left empty. It stands on the overview page of the domain, under API.",
		},
		...onlyToCloudflare,
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				// Blanks, quotes and the word Bearer are easily pasted along. An address may hold an apostrophe.
				'X-Auth-Email': `={{ ${textIn('email')}.replace(/^[\\s"']+/, "").replace(/[\\s"']+$/, "") }}`,
				'X-Auth-Key': `={{ ${textIn('apiKey')}.replace(/^[\\s"']*(bearer\\s+)?/i, "").replace(/[\\s"']/g, "") }}`,
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://api.cloudflare.com/client/v4',
			url: '/user',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message:
						'Cloudflare cannot read the key or the e-mail address. If this is an API token, choose the credential "Cloudflare Token API". Otherwise copy both again from the dashboard.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Cloudflare does not accept the key. Copy it again from My Profile → API Tokens → Global API Key; if this is an API token, choose the credential "Cloudflare Token API".',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Cloudflare does not know this pair of e-mail address and Global API key. Check both: the address must be the one with which the owner of the key signs in. After many wrong attempts, wait some minutes.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message: 'Cloudflare is receiving too many requests from this user. Wait five minutes.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'success',
					value: false,
					message: 'Cloudflare does not accept the key.',
				},
			},
			...answeredByOthers,
			// The type allows rules of one kind only; n8n applies the first to refusals, the second to good answers.
		] as ICredentialTestRequest['rules'],
	};
}
