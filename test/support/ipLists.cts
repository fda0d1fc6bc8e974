import { locator, mainAccount, seedIds, type Cloudflare } from './nodeTest.cjs';

const account = seedIds.mainAccount;

/** Parameters of every operation on IP lists of the main account. */
export const ipList = { authentication: 'token', resource: 'ipList', account: mainAccount };
/** Those of one on the list that tests write to. */
export const blocklist = { ...ipList, list: locator('name', 'blocklist') };

/** So many addresses, each another one. */
export const many = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => `198.18.${index >> 8}.${index & 255}`);

/** Makes the list that tests write to and looks at the lists, in the stand-in itself. */
export function listsOf(cloudflare: Cloudflare) {
	const items = (name = 'blocklist') => [
		...(cloudflare.state.lists.named(account, name)?.items.values() ?? []),
	];
	return {
		items,
		/** The list with these items. */
		given(addresses: string[] = [], comment = 'By hand') {
			const { lists } = cloudflare.state;
			const list = lists.add(
				{ accountId: account, name: 'blocklist', kind: 'ip', description: '' },
				'0b10c0b10c0b10c0b10c0b10c0b10c00',
			);
			lists.fill(list, addresses, comment);
			return list;
		},
		/** Its addresses, sorted. */
		kept: (name?: string) =>
			items(name)
				.map((item) => ('ip' in item ? item.ip : ''))
				.sort(),
		/** Everything that may block somebody, but the list of the tests. */
		others: () =>
			structuredClone({
				lists: cloudflare.state.lists
					.all()
					.filter(({ name }) => name !== 'blocklist')
					.map(({ items: set, ...list }) => ({ ...list, items: [...set.values()] })),
				rulesets: [...cloudflare.state.rulesets.values()],
				accessRules: cloudflare.state.accessRules.all(),
			}),
		writes: () => cloudflare.calls.filter(({ method }) => method !== 'GET'),
	};
}
