exports.CloudflareSecurityTokenApi = class {
	name = 'cloudflareSecurityTokenApi';
	displayName = 'Tiny API';
	properties = [
		{ displayName: 'Token', name: 'apiToken', type: 'string', default: '' },
		{ displayName: 'Account', name: 'accountId', type: 'string', default: 'default account' },
	];
	authenticate = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '=Bearer {{ $credentials.apiToken.trim() }}',
				'X-Account': '={{ $credentials.accountId }}',
			},
		},
	};
	test = {
		request: {
			baseURL: 'https://api.cloudflare.com',
			url: '=/verify/{{ encodeURIComponent($credentials.accountId) }}',
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: 'a wrong token' } },
			{
				type: 'responseSuccessBody',
				properties: { key: 'state', value: 'bad', message: 'a bad token' },
			},
		],
	};
};
