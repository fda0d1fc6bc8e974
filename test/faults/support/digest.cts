import { latest } from '../../../sandbox/cloudflare/rulesets/types.cjs';
import { seedIds, type Cloudflare } from '../../support/nodeTest.cjs';
import { START } from './frozenClock.cjs';

/** What tells two outcomes apart although they mean the same: when something was written, and how often. */
const INCIDENTAL = new Set([
	'version',
	'last_updated',
	'created_on',
	'modified_on',
	'comment_modified_on',
	'tags_modified_on',
	'last_modified',
]);

const DAY = 86_400_000;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Makes texts of records such that they are equal where the records mean the same. */
export class Normaliser {
	private made: string[] = [];

	/** @param cloudflare whose new IDs are noted from now on */
	constructor(private readonly cloudflare: Cloudflare) {
		const { state } = cloudflare;
		const newId = state.newId.bind(state);
		state.newId = (kind) => {
			const id = newId(kind);
			this.made.push(id);
			return id;
		};
	}

	reset(): void {
		this.made = [];
	}

	text(value: unknown): string {
		const plain = JSON.stringify(value, (key, part: unknown) =>
			INCIDENTAL.has(key) ? undefined : part,
		);
		const timeless = (plain ?? 'undefined').replace(TIME, (time) => {
			const since = Date.parse(time) - START;
			return since >= 0 && since < DAY ? '<time>' : time;
		});
		return this.made.reduce((text, id) => text.replaceAll(id, '<id>'), timeless);
	}

	/** Everything that calls can change, one text for each thing, in a fixed order. Audit events are left out. */
	things(): string[] {
		const { state } = this.cloudflare;
		const things: string[] = [];
		const add = (kind: string, place: string, thing: unknown) =>
			things.push(`${kind} of ${place}: ${this.text(thing)}`);
		for (const zone of this.zones()) {
			for (const record of state.dns.recordsOf(zone).values()) add('record', zone.name, record);
			const settings = state.settings['byZone'].get(zone.id) ?? [];
			for (const [name, { value }] of settings) add('setting', zone.name, { name, value });
		}
		for (const record of state.rulesets.values()) {
			const { rules, ...ruleset } = latest(record);
			const place = `${this.text(record.owner)} ${ruleset.phase}`;
			add('ruleset', place, ruleset);
			for (const [at, rule] of rules.entries()) add(`rule ${at + 1}`, place, rule);
		}
		for (const { items, ...list } of state.lists.all()) {
			add('list', list.accountId, list);
			for (const item of items.values()) add('item', list.name, item);
		}
		for (const { scope, ...rule } of state.accessRules.all())
			add('access rule', this.text(scope), rule);
		for (const { insight, history } of state.insights.value)
			add('insight', insight.id, { ...insight, rationale: history.at(-1)?.rationale });
		return things.sort();
	}

	/** The zones that runs work on, and every other one in which something was changed. */
	private zones() {
		const { state } = this.cloudflare;
		const ids = new Set<string>(Object.values(seedIds.zones));
		for (const { scope } of state.changes) ids.add(scope.id);
		return [...state.zones.values()].filter(({ id }) => ids.has(id));
	}

	/** How often caches were purged: no harm in doing it twice, but counted. */
	purges(): number {
		return this.cloudflare.state.changes.filter(({ resource }) => resource.type === 'purge').length;
	}
}

/** The things of `things` that `others` has not, each as often as it is missing. */
export function without(things: readonly string[], others: readonly string[]): string[] {
	const left = new Map<string, number>();
	for (const thing of others) left.set(thing, (left.get(thing) ?? 0) + 1);
	return things.filter((thing) => {
		const count = left.get(thing) ?? 0;
		left.set(thing, count - 1);
		return count <= 0;
	});
}
