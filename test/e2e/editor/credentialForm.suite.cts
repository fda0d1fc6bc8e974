import { sandboxCredentials, seedIds } from '../../../sandbox/cloudflare/index.cjs';
import type { CredentialDialog } from '../../../sandbox/editor/credentialDialog.cjs';
import { cloudflare, inARow, start } from '../../../sandbox/editor/workflows.cjs';
import type { EditorHost } from './editor.suite.cjs';
import { show } from './support.cjs';

const { userToken, accountToken, oldAccountToken, globalKey } = sandboxCredentials;

const TOKEN = 'API Token';
const KEY = 'Global API Key';

type Kind = typeof TOKEN | typeof KEY;
type Typed = Record<string, string>;

const NODE = 'Get Zones';
const SECRETS = ['apiToken', 'apiKey'];

/** Creating a credential from a node, as everybody does the first time. */
export function describeCredentialForm(host: () => EditorHost): void {
	describe('the form of a credential', () => {
		async function filled(kind: Kind, typed: Typed): Promise<CredentialDialog> {
			const bare = cloudflare(NODE, { resource: 'zone', operation: 'getAll' });
			await show(host(), inARow('Credentials', [start, bare]));
			const node = await host().editor.openNode(NODE);
			const dialog = await node.newCredential();
			await dialog.chooseKind(kind);
			for (const [field, text] of Object.entries(typed)) await dialog.fill(field, text);
			return dialog;
		}

		it.each<[string, Kind, Typed]>([
			['the token of a user', TOKEN, { apiToken: userToken }],
			[
				'the token of an account',
				TOKEN,
				{ apiToken: accountToken, accountId: seedIds.mainAccount },
			],
			['a Global API key', KEY, globalKey],
		])('is green for %s', async (_what, kind, typed) => {
			const created = await filled(kind, typed);
			await created.save();
			// n8n closes the form of what works; whoever opens it again sees the test's result.
			await created.root.waitFor({ state: 'hidden' });
			const node = await host().editor.node();
			const dialog = await node.editCredential();
			await dialog.success.waitFor();
			expect(await dialog.failure.isVisible()).toBe(false);
			await dialog.close();
			await node.execute();
			await node.rows.filter({ hasText: 'example.com' }).first().waitFor();
		});

		it.each<[string, Kind, Typed, RegExp]>([
			[
				'a mistyped token',
				TOKEN,
				{ apiToken: `cfut_${'x'.repeat(48)}` },
				/does not know this token: it may be mistyped/,
			],
			[
				'an account token without prefix',
				TOKEN,
				{ apiToken: oldAccountToken },
				/choose Owned By → Account and fill in Account ID/,
			],
			[
				'a Global API key in place of a token',
				TOKEN,
				{ apiToken: globalKey.apiKey },
				/Global API key \(choose the credential "Cloudflare Global Key API" for that\)/,
			],
			[
				'an account token without Account ID',
				TOKEN,
				{ apiToken: accountToken },
				/Account ID is missing/,
			],
			[
				'a domain in place of the Account ID',
				TOKEN,
				{ apiToken: accountToken, accountId: 'example.com' },
				/Account ID (must be|is not) the 32 characters/,
			],
			[
				'a Global API key with the e-mail address of somebody else',
				KEY,
				{ ...globalKey, email: 'nobody@example.com' },
				/does not know this pair of e-mail address and Global API key/,
			],
			[
				'a token in place of the Global API key',
				KEY,
				{ ...globalKey, apiKey: userToken },
				/if this is an API token, choose the credential "Cloudflare Token API"/i,
			],
		])('is red for %s, and says what to change', async (_what, kind, typed, expected) => {
			const dialog = await filled(kind, typed);
			await dialog.save();
			const text = await dialog.failureText();
			expect(text).toMatch(expected);
			expect(await dialog.success.isVisible()).toBe(false);
			for (const field of SECRETS.filter((name) => name in typed)) {
				expect(text).not.toContain(typed[field]);
				const input = dialog.field(field).locator('input');
				expect(await input.getAttribute('type')).toBe('password');
			}
			await dialog.close();
		});
	});
}
