import { addToken, createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const { state } = cloudflare;
const main = `/accounts/${seedIds.mainAccount}`;
const second = `/accounts/${seedIds.secondAccount}`;
const example = zonePath('example.com');
beforeEach(() => cloudflare.reset());

const refused = '403 10000';
test.each<[string, string, string]>([
	['Account Security Center Insights Read', `${main}/security-center/insights`, '200'],
	['Account Security Center Insights Write', `${main}/security-center/insights/class`, '200'],
	['Account Security Center Insights Read', `${example}/security-center/insights`, refused],
	['Zone Security Center Insights Read', `${example}/security-center/insights`, '200'],
	['Zone Security Center Insights Read', `${main}/security-center/insights`, refused],
	['Access: Apps and Policies Read', `${main}/access/apps`, '200'],
	['Access: Apps and Policies Read', `${example}/access/apps`, '200'],
	['Access: Apps and Policies Revoke', `${main}/access/apps`, refused],
	['Notifications Read', `${main}/access/apps`, refused],
	['Notifications Read', `${main}/alerting/v3/history`, '200'],
	['Account Settings Read', `${main}/alerting/v3/policies`, '200'],
	['Zone Read', `${main}/alerting/v3/available_alerts`, refused],
	['User Details Read', '/user', '200'],
])('%s: GET %s → %s', async (permission, path, expected) => {
	const send = sender(cloudflare, addToken(state, { permissions: [permission] }));
	const answer = await send('GET', path);
	expect(answer.status === 200 ? '200' : refusal(answer)).toBe(expected);
});

test.each<[string, Partial<Parameters<typeof addToken>[1]>, string, string]>([
	['its account', { accounts: [seedIds.mainAccount] }, `${main}/access/apps`, '200'],
	['another account', { accounts: [seedIds.mainAccount] }, `${second}/access/apps`, refused],
	[
		'its zone',
		{ accounts: [], zones: [seedIds.zones['example.com']] },
		`${example}/access/apps`,
		'200',
	],
	[
		'the account of its zone',
		{ accounts: [], zones: [seedIds.zones['example.com']] },
		`${main}/access/apps`,
		refused,
	],
	['another zone', { zones: [seedIds.zones['example.net']] }, `${example}/access/apps`, refused],
])('reaches, or does not: %s', async (_what, resources, path, expected) => {
	const rights = { permissions: ['Access: Apps and Policies Read'], ...resources };
	const answer = await sender(cloudflare, addToken(state, rights))('GET', path);
	expect(answer.status === 200 ? '200' : refusal(answer)).toBe(expected);
});

test('verifies as the token of a user, or of the account that owns it', async () => {
	const user = addToken(state, { permissions: [] });
	const owned = addToken(state, { permissions: [], ownedBy: seedIds.mainAccount, name: 'robot' });
	expect((await sender(cloudflare, user)('GET', '/user/tokens/verify')).status).toBe(200);
	expect((await sender(cloudflare, owned)('GET', '/user/tokens/verify')).status).toBe(401);
	expect((await sender(cloudflare, owned)('GET', `${main}/tokens/verify`)).status).toBe(200);
	expect(cloudflare.calls.at(-1)?.credential).toBe('robot');
	cloudflare.reset();
	expect((await sender(cloudflare, user)('GET', '/user/tokens/verify')).status).toBe(401);
});

test('a permission that no call asks for is a mistake, and so is a name twice', () => {
	expect(() => addToken(state, { permissions: ['Zone Settigns Read'] })).toThrow('Zone Settigns');
	expect(() => addToken(state, { permissions: [], name: 'userToken' })).toThrow('already');
});
