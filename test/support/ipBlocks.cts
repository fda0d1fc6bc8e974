import { parseBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { wouldBlock, type ListItem, type State } from '../../sandbox/cloudflare/index.cjs';
import { latest } from '../../sandbox/cloudflare/rulesets/types.cjs';
import { exampleCom, mainAccount, output, seedIds, type Cloudflare } from './nodeTest.cjs';

export const LIST = 'n8n_blocklist';
const RULE_REF = `n8n-block-${LIST}`;
const account = seedIds.mainAccount;

/** Parameters of every operation on the IP blocks of example.com. */
export const ipBlock = {
	authentication: 'token',
	resource: 'ipBlock',
	account: mainAccount,
	zone: exampleCom,
};

/** Parameters of Block, in example.com unless told. */
export const blocking = (addresses: unknown, more: object = {}): Record<string, unknown> => ({
	...ipBlock,
	operation: 'block',
	addresses,
	...more,
});

/** Parameters of Find, in example.com unless told. */
export const finding = (addresses: unknown, more: object = {}): Record<string, unknown> => ({
	...ipBlock,
	operation: 'find',
	addresses,
	...more,
});

type Found = Record<string, unknown> & { blocks: Array<Record<string, unknown>> };

/** What Find tells of each address; fails when the run fails. */
export const findBlocks = async (addresses: unknown, more: object = {}): Promise<Found[]> =>
	(await output(finding(addresses, more))) as Found[];

/** Parameters of Remove Expired, in the list unless told. */
export const sweeping = (more: object = {}): Record<string, unknown> => ({
	...ipBlock,
	operation: 'removeExpired',
	...more,
});

export const severalZones = { zonesFrom: 'several', zones: 'example.com, example.net' };

/** An expiry as the form gives it. */
const after = (expiresUnit: string) => (count: number) => ({
	expires: 'after',
	expiresAfter: count,
	expiresUnit,
});
export const hours = after('hours');
export const days = after('days');

/** In how many hours the block of a result ends, to the nearest; null for never. */
export function hoursLeft(result: Record<string, unknown>, now: number): number | null {
	const { expiresAt } = result.block as { expiresAt: string | null };
	return expiresAt === null ? null : Math.round((Date.parse(expiresAt) - now) / 3_600_000);
}

/** Whether a comment or notes are those of a block of this package. */
export const isOurs = (text: string | undefined): boolean =>
	parseBlockComment(text ?? '') !== undefined;

/**
 * Looks at the blocks, and at everything else, in the stand-in itself.
 * @param list the name of our list; what else is ours begins with the usual name
 */
export function blocksOf(cloudflare: Cloudflare, list = LIST) {
	const { state } = cloudflare;
	const ref = `n8n-block-${list}`;
	const lists = () => state.lists.of(account).filter(({ name }) => name === list);
	const itemsOfList = (): ListItem[] => [...(lists()[0]?.items.values() ?? [])];
	const entries = () =>
		itemsOfList().flatMap((item) => ('ip' in item ? [[item.ip, item.comment] as const] : []));
	return {
		lists,
		/** Address → comment of each item of our list. */
		items: () => new Map(entries()),
		/** Our rules of a zone, or of all. */
		rules: (zone?: string) =>
			[...state.rulesets.values()]
				.filter(({ owner }) => zone === undefined || ('id' in owner && owner.id === zone))
				.flatMap((record) => latest(record).rules)
				.filter((rule) => rule.ref === ref),
		accessRules: () => state.accessRules.all().filter(({ notes }) => isOurs(notes)),
		isBlocked: (ip: string, zone: string = seedIds.zones['example.com']) =>
			wouldBlock(state, zone, { ip, path: '/' }).blocked,
		/** Makes the list, as an earlier run or somebody else would, with these items of somebody else. */
		givenList(ips: string[] = [], comment = 'By hand', kind: 'ip' | 'asn' = 'ip') {
			const about = { accountId: account, name: list, kind, description: '' };
			const made = state.lists.add(about, '0b10c0b10c0b10c0b10c0b10c0b10c01');
			state.lists.fill(made, ips, comment);
			return made;
		},
		/** A copy of every list, item, rule and access rule that is not of this package, with their IDs and times. */
		foreign: () =>
			structuredClone({
				lists: state.lists
					.all()
					.filter(({ name }) => !name.startsWith(LIST))
					.map(({ items, ...list }) => ({ ...list, items: [...items.values()] })),
				items: itemsOfList().filter(({ comment }) => !isOurs(comment)),
				rulesets: [...state.rulesets.values()].flatMap((record) => {
					const ruleset = latest(record);
					const others = ruleset.rules.filter((rule) => !rule.ref.startsWith(RULE_REF));
					// An entry point that only our rule made is ours as well, also when the rule is gone.
					if (others.length === 0) return [];
					// These two tell also of our own changes.
					const unknown = { version: undefined, last_updated: undefined };
					return [{ owner: record.owner, ...ruleset, ...unknown, rules: others }];
				}),
				accessRules: state.accessRules.all().filter(({ notes }) => !isOurs(notes)),
			}),
		/** What we made, without IDs and times: nothing else may tell two outcomes apart. */
		own: () => ({
			lists: lists().map(({ name, kind }) => ({ name, kind })),
			items: entries()
				.filter(([, comment]) => isOurs(comment))
				.sort(),
			rules: [...state.rulesets.values()].flatMap((record) =>
				latest(record).rules.flatMap(({ expression, action, enabled, ...rule }, place) =>
					rule.ref === ref ? [{ owner: record.owner, place, expression, action, enabled }] : [],
				),
			),
			accessRules: state.accessRules
				.all()
				.filter(({ notes }) => isOurs(notes))
				.map(({ scope, mode, configuration, notes }) =>
					JSON.stringify({ scope, mode, configuration, notes }),
				)
				.sort(),
		}),
	};
}

interface Claim {
	input: string;
	address: string;
	outcome: string;
	method: string;
	everywhere: boolean;
	block: { expiresAt: string | null };
	places: Array<{ scope: string; id: string; outcome: string; rule_id: string | null }>;
}

const HOLDS = ['blocked', 'extended', 'alreadyBlocked'];

/** What the results of a block say and the stand-in does not show; empty when all of it is true. */
export function claimsOf(
	cloudflare: Cloudflare,
	results: ReadonlyArray<Record<string, unknown>>,
): string[] {
	const { state } = cloudflare;
	const { items } = blocksOf(cloudflare);
	return (results as unknown as Claim[]).flatMap((claim) => {
		const { input, address, outcome, places, everywhere, block } = claim;
		if (outcome === 'refused') return [];
		const wrong: string[] = [];
		const holding = places.filter((place) => HOLDS.includes(place.outcome));
		for (const { scope, id } of holding) {
			const zones = scope === 'zone' ? [id] : zonesOf(state, id);
			const ip = input.replace(/\/\d+$/, '');
			const open = zones.filter((zone) => !wouldBlock(state, zone, { ip }).blocked);
			if (open.length > 0) wrong.push(`${input} is not blocked in ${open.join(', ')}`);
		}
		if (everywhere !== (holding.length === places.length)) wrong.push(`everywhere: ${everywhere}`);
		if (HOLDS.includes(outcome) !== holding.length > 0) wrong.push(`${input} is not ${outcome}`);
		const kept = keptOf(claim, items(), state);
		if (holding.length > 0 && !kept.includes(block.expiresAt)) {
			wrong.push(`${address} is kept until ${kept.join(', ')}, not ${block.expiresAt}`);
		}
		return wrong;
	});
}

const zonesOf = (state: State, id: string): string[] =>
	[...state.zones.values()].filter((zone) => zone.account.id === id).map((zone) => zone.id);

/** The expiries that the stand-in keeps for a claim: of its item in the list, or its access rules. */
function keptOf(
	{ address, method, places }: Claim,
	items: ReadonlyMap<string, string | undefined>,
	state: State,
): Array<string | null> {
	const rules = new Set(places.map(({ rule_id }) => rule_id));
	const comments = [
		...(method === 'list' && items.has(address) ? [items.get(address)] : []),
		...state.accessRules
			.all()
			.filter(({ id }) => rules.has(id))
			.map(({ notes }) => notes),
	];
	return comments.map((comment) => {
		const time = parseBlockComment(comment ?? '')?.expiresAt;
		return time === undefined ? null : new Date(time).toISOString().replace('.000Z', 'Z');
	});
}
