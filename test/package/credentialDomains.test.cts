/** n8n's HTTP Request node can use any credential; ours it sends to Cloudflare only. By n8n's own rules. */
import {
	assertCredentialAllowsUrl,
	injectDomainRestrictionFields,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INode,
	type INodeParameters,
} from 'n8n-workflow';
import { CloudflareSecurityGlobalKeyApi } from '../../credentials/CloudflareSecurityGlobalKeyApi.credentials';
import { CloudflareSecurityTokenApi } from '../../credentials/CloudflareSecurityTokenApi.credentials';

const node: INode = {
	id: '1',
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4,
	position: [0, 0],
	parameters: {},
};

describe.each<[string, ICredentialType]>([
	['token', new CloudflareSecurityTokenApi()],
	['Global API key', new CloudflareSecurityGlobalKeyApi()],
])('the %s', (_what, credential) => {
	/** As n8n saves a form, and completes it before use. */
	const complete = (saved: INodeParameters) =>
		NodeHelpers.getNodeParameters(
			injectDomainRestrictionFields(credential),
			saved,
			true,
			false,
			null,
			null,
		) as unknown as ICredentialDataDecryptedObject;
	const send = (url: string, saved: INodeParameters = {}) =>
		assertCredentialAllowsUrl({ node, credentialData: complete(saved), url });

	test('goes to Cloudflare', () => {
		expect(() => send('https://api.cloudflare.com/client/v4/zones')).not.toThrow();
	});

	test.each([
		'https://evil.example/',
		'https://api.cloudflare.com.evil.example/',
		'https://evil.example/?https://api.cloudflare.com/',
		'https://cloudflare.com/',
	])('does not go to %s', (url) => {
		expect(() => send(url)).toThrow('Domain not allowed');
	});

	test('the form does not offer to change that', () => {
		const fields = injectDomainRestrictionFields(credential).filter(({ name }) =>
			name.startsWith('allowed'),
		);
		expect(fields.map(({ name, type }) => [name, type])).toEqual([
			['allowedHttpRequestDomains', 'hidden'],
			['allowedDomains', 'hidden'],
		]);
	});
});
