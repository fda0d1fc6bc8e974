import type { State } from '../state.cjs';
import type { Zone } from '../types.cjs';
import { isObject } from '../rulesets/shape.cjs';
import { configurationOf } from './configuration.cjs';
import { duplicate, invalid, notEntitled, noRule, quotaExceeded } from './errors.cjs';
import { MODES, type AccessRule, type Mode, type RuleScope } from './types.cjs';

type Written = Pick<AccessRule, 'mode' | 'configuration' | 'notes'>;

const isMode = (value: unknown): value is Mode => MODES.some((mode) => mode === value);
const sameConfiguration = (left: Written, right: Written): boolean =>
	left.configuration.target === right.configuration.target &&
	left.configuration.value === right.configuration.value;

/** The IP access rules of all accounts, zones and users. */
export class AccessRuleStore {
	/** Rules of one account, those of its zones included. Source: Cloudflare docs. */
	mostPerAccount = 50_000;
	/** The largest page. None is documented. */
	mostPerPage = 100;
	/** Not documented. */
	longestNotes = 500;
	/** Whether a zone lists the rules of its account and of the user too. */
	listsInherited = true;
	/** Whether lists can be asked for target ip6, which the documented values leave out. */
	searchesIp6 = false;
	private readonly byId = new Map<string, AccessRule>();

	constructor(private readonly state: State) {}

	/** In order of creation. */
	all(): AccessRule[] {
		return [...this.byId.values()];
	}

	of({ level, id }: RuleScope): AccessRule[] {
		return this.all().filter(({ scope }) => scope.level === level && scope.id === id);
	}

	/** Every rule that holds for the zone. */
	forZone(zone: Zone): AccessRule[] {
		return [
			...this.of({ level: 'zone', id: zone.id }),
			...this.of({ level: 'account', id: zone.account.id }),
			...this.of({ level: 'user', id: this.state.user.id }),
		];
	}

	/** Throws 404 for what is not of this very scope: that inherited rules are out of reach is a stand-in. */
	get({ level, id: scopeId }: RuleScope, id: string): AccessRule {
		const rule = this.byId.get(id);
		if (rule === undefined || rule.scope.level !== level || rule.scope.id !== scopeId)
			throw noRule();
		return rule;
	}

	create(scope: RuleScope, body: unknown): AccessRule {
		const written = this.written(body);
		this.checkEntitled(scope, written);
		if (this.of(scope).some((rule) => sameConfiguration(rule, written))) throw duplicate();
		if (this.usedBy(this.accountOf(scope)) >= this.mostPerAccount) throw quotaExceeded();
		const now = this.state.timestamp();
		const id = this.state.newId('access_rule');
		const rule = { ...written, id, scope, created_on: now, modified_on: now };
		this.byId.set(id, rule);
		return rule;
	}

	/** Changes mode and notes; a configuration must be the one that the rule has. */
	edit(before: AccessRule, body: unknown): AccessRule {
		if (!isObject(body)) throw invalid('a body is required');
		const { mode, configuration, notes } = before;
		const written = this.written({ mode, configuration, notes, ...body });
		if (!sameConfiguration(before, written)) throw invalid('the configuration cannot be changed');
		this.checkEntitled(before.scope, written);
		const after = { ...before, ...written, modified_on: this.state.timestamp() };
		this.byId.set(after.id, after);
		return after;
	}

	/** Gives every rule that is gone, this one first. Source of what a cascade takes along: OpenAPI document. */
	remove(rule: AccessRule, cascade: 'none' | 'basic' | 'aggressive'): AccessRule[] {
		const accountId = this.accountOf(rule.scope);
		const others = this.all().filter(
			(each) =>
				cascade !== 'none' &&
				each !== rule &&
				each.scope.level === 'zone' &&
				this.accountOf(each.scope) === accountId &&
				sameConfiguration(each, rule) &&
				(cascade === 'aggressive' || each.mode === rule.mode),
		);
		const gone = [rule, ...others];
		for (const { id } of gone) this.byId.delete(id);
		return gone;
	}

	private accountOf({ level, id }: RuleScope): string | undefined {
		return level === 'zone' ? this.state.zones.get(id)?.account.id : id;
	}

	private usedBy(accountId: string | undefined): number {
		return this.all().filter(({ scope }) => this.accountOf(scope) === accountId).length;
	}

	/** Source: Cloudflare docs: blocking a country needs Enterprise. */
	private checkEntitled({ level, id }: RuleScope, { mode, configuration }: Written): void {
		if (mode !== 'block' || configuration.target !== 'country') return;
		const { zones, accounts } = this.state;
		const entitled =
			level === 'zone'
				? zones.get(id)?.plan.legacy_id === 'enterprise'
				: accounts.get(id)?.type === 'enterprise';
		if (!entitled) throw notEntitled();
	}

	private written(body: unknown): Written {
		const { mode, configuration: given, notes = '', ...rest } = isObject(body) ? body : {};
		const configuration = configurationOf(given);
		const problems = Object.keys(rest).map((key) => `unknown field received: ${key}`);
		if (typeof configuration === 'string') problems.push(configuration);
		if (!isMode(mode)) problems.push(`invalid mode received: ${String(mode ?? '')}`);
		if (typeof notes !== 'string' || [...notes].length > this.longestNotes)
			problems.push('invalid notes received');
		if (problems.length > 0) throw invalid(...problems);
		return { mode, configuration, notes } as Written;
	}
}
