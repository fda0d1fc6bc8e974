const MESSAGE =
	'Something other than Cloudflare answered, such as a proxy or a sign-in page between n8n and api.cloudflare.com.';

/** For credential tests: rules for answers that do not come from the Cloudflare API, which never redirects. */
export const answeredByOthers = [
	...[301, 302, 303, 307, 308].map((value) => ({
		type: 'responseCode',
		properties: { value, message: MESSAGE },
	})),
	// Every answer of the API says whether it is a success; n8n takes any other with a good status for one.
	{
		type: 'responseSuccessBody',
		properties: { key: 'success', value: undefined, message: MESSAGE },
	},
];
