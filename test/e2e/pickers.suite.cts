import { sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import type { ListSearch, ListSearchResult } from '../../sandbox/n8n/restClient.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';

type Row = ListSearchResult['results'][number];

const RULES_OF_EXAMPLE_COM = {
	authentication: 'token',
	resource: 'rulesetRule',
	operation: 'create',
	scope: 'zone',
	zone: { __rl: true, mode: 'list', value: seedIds.zones['example.com'] },
};

/** The searchable lists of the editor. */
export function describePickers(current: () => Sandbox): void {
	describe('the pickers', () => {
		let credential: { id: string; name: string };

		beforeAll(async () => {
			credential = await current().n8n.client.createCredential({
				name: 'Pickers',
				type: 'cloudflareSecurityTokenApi',
				data: {
					apiToken: sandboxCredentials.userToken,
					ownedBy: 'automatic',
					accountId: '',
					zoneId: '',
				},
			});
		});

		beforeEach(() => current().cloudflare.reset());

		/** Scrolls to the end of a list. */
		async function all(search: Pick<ListSearch, 'path' | 'methodName' | 'filter'>): Promise<Row[]> {
			const rows: Row[] = [];
			let paginationToken: string | undefined;
			do {
				const page: ListSearchResult = await current().n8n.client.searchList({
					...search,
					nodeType: 'n8n-nodes-cloudflare-security.cloudflareSecurity',
					parameters: RULES_OF_EXAMPLE_COM,
					credentials: { cloudflareSecurityTokenApi: credential },
					...(paginationToken ? { paginationToken } : {}),
				});
				rows.push(...page.results);
				paginationToken = page.paginationToken;
			} while (paginationToken);
			return rows;
		}

		it('show all zones, over all pages, each once', async () => {
			const zones = await all({ path: 'parameters.zone', methodName: 'searchZones' });
			// Cloudflare lists internal zones only to those who ask for them.
			const known = [...current().cloudflare.state.zones.values()].filter(
				({ type }) => type !== 'internal',
			);
			expect(known.length).toBeGreaterThanOrEqual(130);
			expect(zones.map(({ value }) => value).sort()).toEqual(known.map(({ id }) => id).sort());
		});

		it('find a zone by a part of its name', async () => {
			const zones = await all({
				path: 'parameters.zone',
				methodName: 'searchZones',
				filter: 'ample.NET',
			});
			expect(zones).toMatchObject([{ name: 'example.net', value: seedIds.zones['example.net'] }]);
		});

		it('show the accounts', async () => {
			const accounts = await all({ path: 'parameters.account', methodName: 'searchAccounts' });
			expect(accounts.map(({ value }) => value)).toContain(seedIds.mainAccount);
			expect(accounts).toHaveLength(current().cloudflare.state.accounts.size);
		});

		it('show the rulesets of the zone that is chosen', async () => {
			const rulesets = await all({ path: 'parameters.ruleset', methodName: 'searchRulesets' });
			expect(rulesets.map(({ value }) => value)).toContain(seedIds.rulesets.exampleComCustom);
		});
	});
}
