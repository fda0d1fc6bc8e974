import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Rule } from '../../sandbox/cloudflare/rulesets/types.cjs';
import type { BlockHost } from './blockHost.cjs';
import { expiryIn, isoTime, networkIn } from './blocksShown.cjs';
import {
	BlockModel,
	inputs,
	networks,
	samples,
	zoneNames,
	type Input,
	type Kept,
	type Method,
	type ZoneName,
} from './blockModel.cjs';
import { blocksOf, claimsOf, ipBlock, isOurs, LIST } from './ipBlocks.cjs';
import { seedIds, type Cloudflare } from './nodeTest.cjs';
import { entryPoints, setRules } from './rulesets.cjs';

const MINUTE = 60_000;
/** With what time passes, no sum comes near another. */
const LENGTHS = [5, 5, 5, 60, 1440, Infinity].map((minutes) => minutes * MINUTE);
const PASSES = [7, 7, 91, 2900].map((minutes) => minutes * MINUTE);

/** One thing that happens. */
export type Step =
	| { does: 'block'; method: Method; wanted: Input[]; zones: ZoneName[]; lasts: number }
	| { does: 'unblock'; method: Method; wanted: Input[]; zones: ZoneName[] }
	| { does: 'removeExpired'; method: Method; zones: ZoneName[] }
	| { does: 'pass'; ms: number }
	/** Others. */
	| { does: 'addItem' | 'removeItem'; network: string }
	| { does: 'addAccessRule' | 'removeAccessRule'; network: string; zone: ZoneName }
	| { does: 'addRule'; network: string; zone: ZoneName }
	| { does: 'switchRule' | 'deleteRule'; zone: ZoneName };

const method = fc.constantFrom<Method[]>('list', 'accessRule');
const zone = fc.constantFrom(...zoneNames);
const zones = fc.constantFrom<ZoneName[][]>(['example.com'], ['example.net'], [...zoneNames]);
const wanted = fc.uniqueArray(fc.constantFrom(...inputs), { minLength: 1, maxLength: 5 });
const network = fc.constantFrom(...networks);
const doing = <T extends Step['does']>(...does: T[]) => fc.constantFrom(...does);

export const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				does: doing('block'),
				method,
				wanted,
				zones,
				lasts: fc.constantFrom(...LENGTHS),
			}),
		},
		{ weight: 2, arbitrary: fc.record({ does: doing('unblock'), method, wanted, zones }) },
		{ weight: 3, arbitrary: fc.record({ does: doing('removeExpired'), method, zones }) },
		{
			weight: 3,
			arbitrary: fc.record({ does: doing('pass'), ms: fc.constantFrom(...PASSES) }),
		},
		{ weight: 2, arbitrary: fc.record({ does: doing('addItem', 'removeItem'), network }) },
		{
			weight: 2,
			arbitrary: fc.record({ does: doing('addAccessRule', 'removeAccessRule'), network, zone }),
		},
		{ weight: 1, arbitrary: fc.record({ does: doing('addRule'), network, zone }) },
		{ weight: 2, arbitrary: fc.record({ does: doing('switchRule', 'deleteRule'), zone }) },
	),
	{ minLength: 4, maxLength: 10, size: 'max' },
);

/** Plays steps in the stand-in and in the model, and compares. */
export class Sequence {
	private readonly model = new BlockModel();
	private readonly blocks: ReturnType<typeof blocksOf>;

	constructor(
		private readonly cloudflare: Cloudflare,
		private readonly host: BlockHost,
		private readonly advance: (ms: number) => void,
		private readonly count: (what: string) => void,
	) {
		this.blocks = blocksOf(cloudflare);
	}

	async play(all: readonly Step[]): Promise<void> {
		for (const step of all) {
			this.count(step.does);
			if (step.does === 'pass') this.advance(step.ms);
			else if (step.does === 'block') await this.block(step);
			else if (step.does === 'unblock') await this.unblock(step);
			else if (step.does === 'removeExpired') await this.removeExpired(step);
			else this.others(step);
			this.compare(step);
		}
		for (const name of zoneNames)
			for (const address of samples)
				check(
					this.blocks.isBlocked(address, seedIds.zones[name]) ===
						this.model.isBlocked(address, name),
					`${address} in ${name} is ${this.model.isBlocked(address, name) ? 'not ' : ''}blocked`,
				);
	}

	private async run(parameters: Record<string, unknown>, where: readonly ZoneName[]) {
		const before = this.blocks.foreign();
		const records = await this.host({
			...ipBlock,
			zonesFrom: 'several',
			zones: where.join(', '),
			...parameters,
		});
		check(isDeepStrictEqual(this.blocks.foreign(), before), 'what is not ours was changed');
		return records;
	}

	private async block(step: Step & { does: 'block' }): Promise<void> {
		const until = Math.ceil((Date.now() + step.lasts) / 1000) * 1000;
		const expiry =
			step.lasts === Infinity ? { expires: 'never' } : { expires: 'at', expiresAt: isoTime(until) };
		const parameters = {
			operation: 'block',
			method: step.method,
			addresses: step.wanted,
			...expiry,
		};
		const records = await this.run(parameters, step.zones);
		const expected = this.model.block(step.method, step.wanted, step.zones, until);
		const outcomes = records.map(({ outcome }) => outcome);
		check(isDeepStrictEqual(outcomes, expected), `${outcomes.join()}, not ${expected.join()}`);
		check(
			claimsOf(this.cloudflare, records).length === 0,
			claimsOf(this.cloudflare, records).join(),
		);
		for (const outcome of outcomes) this.count(`outcome ${String(outcome)}`);
	}

	private async unblock(step: Step & { does: 'unblock' }): Promise<void> {
		const parameters = { operation: 'unblock', method: step.method, addresses: step.wanted };
		const records = await this.run(parameters, step.zones);
		this.model.unblock(step.method, step.wanted, step.zones);
		for (const { input, outcome } of records) {
			const isBlocked = step.zones.some((each) => this.model.isPartBlocked(input as Input, each));
			check(
				isBlocked === (outcome === 'stillBlocked'),
				`${String(input)} is told to be ${String(outcome)}`,
			);
			this.count(`outcome ${String(outcome)}`);
		}
	}

	private async removeExpired(step: Step & { does: 'removeExpired' }): Promise<void> {
		const parameters = { operation: 'removeExpired', method: step.method };
		const now = Date.now();
		const records = await this.run(parameters, step.zones);
		const expected = this.model.removeExpired(step.method, step.zones, now).sort();
		const removed = records.map(({ address }) => String(address)).sort();
		check(
			isDeepStrictEqual(removed, expected),
			`removed ${removed.join()}, not ${expected.join()}`,
		);
		for (const { outcome } of records) this.count(`outcome ${String(outcome)}`);
	}

	/** What others do, here and in the model. */
	private others(step: Step): void {
		const { state } = this.cloudflare;
		const [list] = this.blocks.lists();
		if (step.does === 'addItem' && list) {
			state.lists.fill(list, [step.network], 'By hand');
			this.model.list?.set(step.network, 'foreign');
		}
		if (step.does === 'removeItem' && list) {
			const item = list.items.at(step.network);
			if (item) list.items.delete(item.id);
			this.model.list?.delete(step.network);
		}
		if (step.does === 'addAccessRule' || step.does === 'removeAccessRule') this.accessRule(step);
		if (step.does === 'addRule') this.addRule(step);
		if (step.does === 'switchRule' || step.does === 'deleteRule') this.changeRule(step);
	}

	private accessRule({
		does,
		network: value,
		zone: name,
	}: Step & { does: 'addAccessRule' | 'removeAccessRule' }) {
		const { accessRules } = this.cloudflare.state;
		const scope = { level: 'zone', id: seedIds.zones[name] } as const;
		const there = accessRules
			.of(scope)
			.find((rule) => networkIn(rule.configuration.value) === value);
		const kept = this.model.accessRules.get(name);
		if (does === 'removeAccessRule') {
			if (there) accessRules.remove(there, 'none');
			kept?.delete(value);
		} else if (!there) {
			const target = value.includes('/') ? 'ip_range' : 'ip';
			const configuration = { target, value };
			accessRules.create(scope, { mode: 'block', notes: 'By hand', configuration });
			kept?.set(value, 'foreign');
		}
	}

	private addRule({ network: value, zone: name }: Step & { does: 'addRule' }): void {
		const [ruleset] = entryPoints(this.cloudflare, seedIds.zones[name]);
		if (!ruleset) return;
		const ref = `theirs-${ruleset.rules.length}`;
		setRules(this.cloudflare, ruleset.id, [
			...ruleset.rules,
			ruleOfOthers(this.cloudflare, ref, `ip.src in {${value}}`),
		]);
		this.model.otherRules.get(name)?.push(value);
	}

	private changeRule({ does, zone: name }: Step & { does: 'switchRule' | 'deleteRule' }): void {
		const [ruleset] = entryPoints(this.cloudflare, seedIds.zones[name]);
		const state = this.model.rules.get(name);
		if (!ruleset || !state) return;
		const isOfList = ({ ref }: Rule) => ref === `n8n-block-${LIST}`;
		const rules =
			does === 'deleteRule'
				? ruleset.rules.filter((rule) => !isOfList(rule))
				: ruleset.rules.map((rule) =>
						isOfList(rule) ? { ...rule, enabled: !rule.enabled } : rule,
					);
		setRules(this.cloudflare, ruleset.id, rules);
		if (does === 'deleteRule') this.model.rules.delete(name);
		else this.model.rules.set(name, state === 'on' ? 'off' : 'on');
	}

	private compare(step: Step): void {
		const told = (what: string, problem: string) =>
			`${what} after ${JSON.stringify(step)}: ${problem}`;
		const same = (what: string, kept: unknown, expected: unknown) =>
			check(
				isDeepStrictEqual(kept, expected),
				told(what, `${JSON.stringify(kept)}, not ${JSON.stringify(expected)}`),
			);
		same('the list', keptOf([...this.blocks.items()]), expectedOf(this.model.list));
		check(this.blocks.lists().length <= 1, told('the list', 'there are two'));
		for (const name of zoneNames) {
			const id = seedIds.zones[name];
			const states = this.blocks.rules(id).map(({ enabled }) => (enabled ? 'on' : 'off'));
			const rule = this.model.rules.get(name);
			same('our rules', states, rule === undefined ? [] : [rule]);
			const rules = this.cloudflare.state.accessRules
				.of({ level: 'zone', id })
				.map(({ configuration, notes }) => [networkIn(configuration.value), notes] as const);
			same('the access rules', keptOf(rules), expectedOf(this.model.accessRules.get(name)));
		}
	}
}

function check(holds: boolean, problem: string): void {
	if (!holds) throw new Error(problem);
}

const textOf = (kept: Kept) =>
	kept === 'foreign' ? kept : kept.until === Infinity ? 'never' : (isoTime(kept.until) ?? '');
const expectedOf = (kept: ReadonlyMap<string, Kept> = new Map()) =>
	[...kept].map(([value, each]) => `${value} ${textOf(each)}`).sort();
const keptOf = (entries: ReadonlyArray<readonly [string, string | undefined]>) =>
	entries
		.map(([value, text]) => `${value} ${isOurs(text) ? (expiryIn(text) ?? 'never') : 'foreign'}`)
		.sort();

const ruleOfOthers = ({ state }: Cloudflare, ref: string, expression: string): Rule => ({
	id: state.newId('rule'),
	version: '1',
	last_updated: state.timestamp(),
	action: 'block',
	description: 'By hand',
	enabled: true,
	expression,
	ref,
});
