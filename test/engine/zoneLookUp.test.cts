/** Zones chosen by name are looked up, which takes a permission besides those of the operation. */
import { addToken } from '../../sandbox/cloudflare/index.cjs';
import {
	locator,
	mainAccount,
	refusal,
	runListSearch,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();
const LOOK_UP = 'Give the token the permission "Zone → Zone → Read"';

const without = (right: string) => {
	const permissions = ['Zone Read', 'DNS Read'].filter((each) => each !== right);
	return tokenCredential({ apiToken: addToken(cf.state, { permissions }) });
};
const reading = (more: object) => ({
	authentication: 'token',
	resource: 'dnsRecord',
	operation: 'getAll',
	searchIn: 'zone',
	zone: locator('name', 'example.com'),
	account: mainAccount,
	...more,
});

describe('a token that may not look zones up', () => {
	test.each([
		['by name', {}],
		['several', { searchIn: 'several', zones: 'example.com, example.net' }],
		['all of an account', { searchIn: 'account' }],
	])('%s: the error names the permission to look, not that of the operation', async (_, more) => {
		const text = await refusal(reading(more), { credentials: without('Zone Read') });
		expect(text).toContain(LOOK_UP);
		expect(text).not.toContain('Zone → DNS → Read');
	});

	test('the list in the editor names it too', async () => {
		const parameters = { authentication: 'token' };
		const search = { parameters, credentials: without('Zone Read') };
		await expect(runListSearch('searchZones', search)).rejects.toMatchObject({
			description: expect.stringContaining(LOOK_UP),
		});
	});
});

test('a token that may look, and not read the records: the permission of the operation', async () => {
	const text = await refusal(reading({}), { credentials: without('DNS Read') });
	expect(text).toContain('Give the token the permission "Zone → DNS → Read"');
});
