import { sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';

const { userToken, accountToken, oldAccountToken, globalKey } = sandboxCredentials;
const { disabledToken, expiredToken } = sandboxCredentials;

type Data = Record<string, string>;

const token = (apiToken: string, more: Data = {}) => ({
	name: 'Test',
	type: 'cloudflareSecurityTokenApi',
	data: { apiToken, ownedBy: 'automatic', accountId: '', zoneId: '', ...more },
});

const key = (email: string, apiKey: string) => ({
	name: 'Test',
	type: 'cloudflareSecurityGlobalKeyApi',
	data: { email, apiKey, accountId: '', zoneId: '' },
});

const main = { accountId: seedIds.mainAccount };
const ofAccount = { ...main, ownedBy: 'account' };

/** What people paste along with a secret. */
const PASTES: Array<[string, (secret: string) => string]> = [
	['as it is', (secret) => secret],
	['with blanks around it', (secret) => `  ${secret}\n`],
	['in quotes', (secret) => `"${secret}"`],
	['with the word Bearer', (secret) => `Bearer ${secret}`],
	['with Bearer, quotes and blanks', (secret) => ` "bearer ${secret}" `],
];

/** The button Test of the credential form. */
export function describeCredentialTests(current: () => Sandbox): void {
	describe('the test of a credential', () => {
		beforeEach(() => current().cloudflare.reset());

		describe.each(PASTES)('pasted %s', (_how, paste) => {
			it.each([
				['the token of a user', token(paste(userToken))],
				['the token of a user, said so', token(paste(userToken), { ownedBy: 'user' })],
				['the token of an account', token(paste(accountToken), main)],
				['an account token without prefix, said so', token(paste(oldAccountToken), ofAccount)],
			])('accepts %s', async (_what, credential) => {
				expect(await current().n8n.client.testCredential(credential)).toMatchObject({
					status: 'OK',
				});
			});
		});

		it.each(PASTES.slice(0, 3))('accepts a Global API key pasted %s', async (_how, paste) => {
			const credential = key(paste(globalKey.email), paste(globalKey.apiKey));
			expect(await current().n8n.client.testCredential(credential)).toMatchObject({ status: 'OK' });
		});

		it('accepts an account ID with blanks around it', async () => {
			const credential = token(accountToken, { accountId: ` ${seedIds.mainAccount} ` });
			expect(await current().n8n.client.testCredential(credential)).toMatchObject({ status: 'OK' });
		});

		it.each<[string, ReturnType<typeof token> | ReturnType<typeof key>, RegExp]>([
			['a wrong token', token(`cfut_${'x'.repeat(48)}`), /token/i],
			[
				'an account token without prefix on Automatic',
				token(oldAccountToken),
				/Owned By.*Account|choose Account/i,
			],
			['a Global API key in place of a token', token(globalKey.apiKey), /Global (API )?key/i],
			[
				'an old-style Global API key in place of a token',
				token('f'.repeat(37)),
				/Global (API )?key/i,
			],
			['a token in place of the Global API key', key(globalKey.email, userToken), /token/i],
			['a wrong e-mail address', key('nobody@example.com', globalKey.apiKey), /e-mail/i],
			['an account token without account ID', token(accountToken), /Account ID/i],
			[
				'Owned By Account without account ID',
				token(oldAccountToken, { ownedBy: 'account' }),
				/Account ID/i,
			],
			['an account that is none', token(accountToken, { accountId: 'example.com' }), /Account ID/i],
			[
				"another account's ID",
				token(accountToken, { accountId: seedIds.secondAccount }),
				/account/i,
			],
			['a disabled token', token(disabledToken), /switched off|disabled/i],
			['an expired token', token(expiredToken), /expired/i],
			['nothing', token(''), /token/i],
		])('says what to change for %s', async (_what, credential, expected) => {
			const { status, message } = await current().n8n.client.testCredential(credential);
			expect({ status, message }).toEqual({
				status: 'Error',
				message: expect.stringMatching(expected),
			});
			const { apiToken = '', apiKey = '' }: Data = credential.data;
			for (const secret of [apiToken, apiKey].filter(Boolean))
				expect(message).not.toContain(secret);
		});

		it('asks Cloudflare nothing when the account ID is missing', async () => {
			await current().n8n.client.testCredential(token(accountToken));
			expect(current().cloudflare.calls).toEqual([]);
		});

		it('says that Cloudflare cannot be reached, as far as n8n lets it', async () => {
			current().cloudflare.faults.add({ kind: 'cutBefore', times: 10 });
			expect(await current().n8n.client.testCredential(token(userToken))).toMatchObject({
				status: 'Error',
			});
		});
	});
}
