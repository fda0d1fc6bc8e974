import { parseDomain } from '../../../nodes/CloudflareSecurity/targets/zone';

const account = '79351f272da84ad4bc9c051849852800';

test.each([
	['the address of a page', 'https://Example.com/login?next=1', 'example.com'],
	[
		"the dashboard's address of a zone",
		`https://dash.cloudflare.com/${account}/example.com`,
		'example.com',
	],
	[
		'a page of it',
		`https://dash.cloudflare.com/${account}/example.com/security/waf`,
		'example.com',
	],
	['a name with its final dot', 'example.com.', 'example.com'],
	['a name in its own script', 'bücher.example', 'xn--bcher-kva.example'],
])('takes the name out of %s', (_what, text, name) => {
	expect(parseDomain(text)).toBe(name);
});

test('an ID chosen By Name is told apart from a name', () => {
	expect(() => parseDomain(account)).toThrow(/looks like an ID: choose By ID/);
});
