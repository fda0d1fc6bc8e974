import type { Cloudflare } from '../../sandbox/cloudflare/index.cjs';
import type { Kind, Rule, Ruleset } from '../../sandbox/cloudflare/rulesets/types.cjs';
import { seedIds } from '../../sandbox/cloudflare/index.cjs';

export type { Rule, Ruleset } from '../../sandbox/cloudflare/rulesets/types.cjs';

export const CUSTOM = 'http_request_firewall_custom';

/** The entry points of a zone or an account for a phase: none before the first rule, and never more than one. */
export function entryPoints(cloudflare: Cloudflare, owner: string, phase = CUSTOM): Ruleset[] {
	return [...cloudflare.state.rulesets.values()]
		.filter((record) => record.owner.level !== 'cloudflare' && record.owner.id === owner)
		.map(({ versions }) => versions[versions.length - 1])
		.filter((ruleset) => ruleset.phase === phase && ['zone', 'root'].includes(ruleset.kind));
}

/** The rules of the only entry point. */
export function rulesOf(cloudflare: Cloudflare, owner: string, phase = CUSTOM): Rule[] {
	const found = entryPoints(cloudflare, owner, phase);
	if (found.length !== 1) throw new Error(`There are ${found.length} entry points of ${phase}`);
	return found[0].rules;
}

export function storedRuleset({ state }: Cloudflare, id: string): Ruleset {
	const versions = state.rulesets.get(id)?.versions;
	if (!versions) throw new Error(`There is no ruleset ${id}`);
	return versions[versions.length - 1];
}

/** Gives a ruleset other rules, as somebody else would. Stored versions are never changed. */
export function setRules(cloudflare: Cloudflare, id: string, rules: Rule[]): void {
	const current = storedRuleset(cloudflare, id);
	const version = String(Number(current.version) + 1);
	cloudflare.state.rulesets.get(id)?.versions.push({ ...current, version, rules });
}

/** Reads of the owner's entry points go on when so many runs have asked: all have read before one writes. */
export const holdEntryPoint = ({ faults }: Cloudflare, owner: string, until: number): void =>
	faults.add({
		kind: 'hold',
		until,
		match: { method: 'GET', path: new RegExp(`${owner}.*/entrypoint$`) },
	});

/** Puts more rulesets into the main account. */
export function addRulesets({ state }: Cloudflare, count: number, phase = 'http_ratelimit'): void {
	for (let number = 1; number <= count; number += 1) {
		const id = number.toString(16).padStart(32, 'a');
		const kind: Kind = 'custom';
		const ruleset = { id, name: `Set ${number}`, description: '', kind, phase };
		state.rulesets.set(id, {
			owner: { level: 'account', id: seedIds.mainAccount },
			versions: [{ ...ruleset, version: '1', last_updated: '2026-01-01T00:00:00Z', rules: [] }],
		});
	}
}

/** A deep copy of all rulesets, to compare with later. */
export const snapshot = ({ state }: Cloudflare): unknown => structuredClone([...state.rulesets]);
