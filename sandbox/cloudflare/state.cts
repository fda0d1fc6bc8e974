import { AccessRuleStore } from './accessRules/store.cjs';
import type { AccessAppRecord } from './access/types.cjs';
import type { Alerting } from './alerting/types.cjs';
import { AuditTrail } from './audit/trail.cjs';
import type { AuditRequest } from './audit/types.cjs';
import { PurgeLimit } from './cache/purgeLimit.cjs';
import { seedCredentials, type Credential } from './credentials.cjs';
import type { InsightRecord } from './insights/types.cjs';
import { Lazy } from './lazy.cjs';
import { ListStore } from './lists/store.cjs';
import { seedAccessApps } from './seed/accessApps.cjs';
import { DnsStore } from './dns/store.cjs';
import { seedAccounts } from './seed/accounts.cjs';
import { seedAlerts } from './seed/alerts.cjs';
import { id } from './seed/ids.cjs';
import { seedInsights } from './seed/insights.cjs';
import { seedLists } from './seed/lists.cjs';
import { seedRulesets } from './seed/rulesets.cjs';
import { seedIds } from './seed/seedIds.cjs';
import { seedUser, type User } from './seed/user.cjs';
import { seedZones } from './seed/zones.cjs';
import { latest, type RulesetRecord } from './rulesets/types.cjs';
import { SettingsStore } from './settings/store.cjs';
import type { Account, Change, Zone } from './types.cjs';

export interface StateOptions {
	zones: number;
	accounts: number;
	insights?: number;
	accessApps?: number;
	alerts?: number;
	now: () => number;
}

/** Everything that the stand-in remembers. Tests may read and change it at will. */
export class State {
	accounts!: Map<string, Account>;
	zones!: Map<string, Zone>;
	rulesets!: Map<string, RulesetRecord>;
	lists!: ListStore;
	accessRules!: AccessRuleStore;
	credentials!: Credential[];
	user!: User;
	insights!: Lazy<InsightRecord[]>;
	accessApps!: Lazy<AccessAppRecord[]>;
	alerting!: Lazy<Alerting>;
	/** Accounts in which nobody enabled Zero Trust; at first the second account. */
	withoutZeroTrust!: Set<string>;
	dns!: DnsStore;
	settings!: SettingsStore;
	purgeLimit!: PurgeLimit;
	audit!: AuditTrail;
	/** Every write, oldest first. */
	changes!: Change[];
	/** Where list answers carry the next cursor: Cloudflare's sources name two places. */
	cursorPlace!: 'cursor' | 'cursors.after';
	/** The form in which the list of zones compares names: reports disagree. */
	zoneNameFilter!: 'unicode' | 'punycode';
	/** Repeated bad credentials lock the caller out. Off by default. */
	lockout!: { enabled: boolean; threshold: number; seconds: number };
	/** The extra limit on writes to one ruleset. Off by default. */
	rulesetWriteLimit!: { writes: number; windowSeconds: number } | null;
	/** Ruleset → times of its latest writes. */
	rulesetWrites!: Map<string, number[]>;
	private made!: number;

	constructor(private readonly options: StateOptions) {
		this.reset();
	}

	/** Back to the seed, in place: references to the state stay good. */
	reset(): void {
		const accounts = seedAccounts(this.options.accounts);
		const byId = <T extends { id: string }>(items: T[]) =>
			new Map(items.map((item) => [item.id, item]));
		this.accounts = byId(accounts);
		this.zones = byId(seedZones(accounts, this.options.zones));
		this.rulesets = new Map(seedRulesets().map((record) => [latest(record).id, record]));
		this.credentials = seedCredentials();
		this.user = seedUser(accounts);
		const { insights = 60, accessApps = 32, alerts = 60 } = this.options;
		const now = this.now();
		this.insights = new Lazy(() => seedInsights(accounts, this.zones, insights, now));
		this.accessApps = new Lazy(() => seedAccessApps(accessApps));
		this.alerting = new Lazy(() => seedAlerts(alerts, now));
		this.withoutZeroTrust = new Set([seedIds.secondAccount]);
		this.dns = new DnsStore(this);
		this.settings = new SettingsStore(this);
		this.audit = new AuditTrail(this);
		this.purgeLimit = new PurgeLimit(() => this.now());
		this.changes = [];
		this.cursorPlace = 'cursors.after';
		this.zoneNameFilter = 'unicode';
		this.lockout = { enabled: false, threshold: 10, seconds: 600 };
		this.rulesetWriteLimit = null;
		this.rulesetWrites = new Map();
		this.made = 0;
		this.accessRules = new AccessRuleStore(this);
		this.lists = new ListStore(this);
		seedLists(this.lists);
	}

	now(): number {
		return this.options.now();
	}

	/** Now, with the six decimals that the API writes. */
	timestamp(): string {
		return new Date(this.now()).toISOString().replace('Z', '000Z');
	}

	newId(kind: string): string {
		this.made += 1;
		return id(kind, `new-${this.made}`);
	}

	/** Every write reports itself here: audit logs are made from it. The request is that being answered unless told. */
	record(change: Omit<Change, 'at'>, request?: AuditRequest): void {
		const full = { ...change, at: this.timestamp() };
		this.changes.push(full);
		this.audit.record(full, request);
	}
}
