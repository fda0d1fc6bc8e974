import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { latest } from '../../sandbox/cloudflare/rulesets/types.cjs';
import { seedIds, type Cloudflare } from './nodeTest.cjs';

const account = seedIds.mainAccount;
const com = seedIds.zones['example.com'];
const net = seedIds.zones['example.net'];

interface GivenRule {
	action?: string;
	enabled?: boolean;
	description?: string;
	action_parameters?: Record<string, unknown>;
}

/** Puts lists, access rules and custom rules of others into the stand-in itself, and looks at everything. */
export function blockingState(cloudflare: Cloudflare) {
	const { state } = cloudflare;
	let count = 0;
	const nextId = (letter: string) => `${letter}${String(++count).padStart(31, '0')}`;
	const scopes = {
		account: { level: 'account', id: account },
		zone: { level: 'zone', id: com },
		otherZone: { level: 'zone', id: net },
		user: { level: 'user', id: state.user.id },
	} as const;
	return {
		/** A list with these items. */
		list(name: string, items: readonly string[], comment?: string) {
			const list = state.lists.add(
				{ accountId: account, name, kind: 'ip', description: '' },
				nextId('d'),
			);
			state.lists.fill(list, items, comment);
			return list;
		},
		/** Another rule at the end of the custom rules of example.com. */
		rule(expression: string, given: GivenRule = {}) {
			const record = state.rulesets.get(seedIds.rulesets.exampleComCustom)!;
			const ruleset = latest(record);
			const id = nextId('e');
			const made = {
				id,
				ref: id,
				version: '1',
				last_updated: '2026-04-12T07:45:12Z',
				action: 'block',
				description: '',
				enabled: true,
				expression,
				...given,
			};
			// A version never changes: fresh stand-ins begin with the same one.
			record.versions[record.versions.length - 1] = { ...ruleset, rules: [...ruleset.rules, made] };
			return id;
		},
		access(
			value: string,
			{
				mode = 'block',
				notes = 'By hand',
				at = 'zone',
			}: { mode?: string; notes?: string; at?: keyof typeof scopes } = {},
		) {
			const isRange = value.includes('/');
			const target = isRange ? 'ip_range' : value.includes(':') ? 'ip6' : 'ip';
			return state.accessRules.create(scopes[at], {
				mode,
				configuration: { target, value },
				notes,
			});
		},
		/** Whether a plain request from this address is refused. */
		isBlocked: (ip: string, zone: string = com) =>
			wouldBlock(state, zone, { ip, path: '/' }).blocked,
		/** A copy of everything that may block somebody. */
		everything: () =>
			structuredClone({
				lists: state.lists
					.all()
					.map(({ items, ...list }) => ({ ...list, items: [...items.values()] })),
				rulesets: [...state.rulesets.values()],
				accessRules: state.accessRules.all(),
			}),
		writes: () => cloudflare.calls.filter(({ method }) => method !== 'GET'),
	};
}
