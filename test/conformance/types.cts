// Checked by the compiler, in types.test.cts: what our nodes read of an answer is in the SDK's type with a value that ours
// allows, and what they write is what the SDK takes. A type that does not fit makes this file wrong.
import type { Account as SdkAccount } from 'cloudflare/resources/accounts/accounts';
import type { AuditListResponse } from 'cloudflare/resources/accounts/logs/audit';
import type { TokenVerifyResponse as AccountTokenVerifyResponse } from 'cloudflare/resources/accounts/tokens/tokens';
import type { RecordCreateParams, RecordResponse } from 'cloudflare/resources/dns/records';
import type {
	AccessRuleCreateParams,
	AccessRuleListResponse,
} from 'cloudflare/resources/firewall/access-rules';
import type { BulkOperationGetResponse } from 'cloudflare/resources/rules/lists/bulk-operations';
import type { ItemCreateParams, ItemListResponse } from 'cloudflare/resources/rules/lists/items';
import type { ListsList } from 'cloudflare/resources/rules/lists/lists';
import type { PhaseGetResponse } from 'cloudflare/resources/rulesets/phases';
import type { RuleCreateParams } from 'cloudflare/resources/rulesets/rules';
import type {
	RulesetGetResponse,
	RulesetListResponse,
} from 'cloudflare/resources/rulesets/rulesets';
import type { AuditLogListByInsightResponse } from 'cloudflare/resources/security-center/insights/audit-logs';
import type { ClassGetResponse } from 'cloudflare/resources/security-center/insights/class';
import type { InsightListResponse } from 'cloudflare/resources/security-center/insights/insights';
import type { AuditLog } from 'cloudflare/resources/shared';
import type { TokenVerifyResponse } from 'cloudflare/resources/user/tokens/tokens';
import type { SettingGetResponse } from 'cloudflare/resources/zones/settings';
import type { Zone as SdkZone } from 'cloudflare/resources/zones/zones';
import type { ApplicationListResponse } from 'cloudflare/resources/zero-trust/access/applications/applications';
import type { PolicyListResponse } from 'cloudflare/resources/zero-trust/access/applications/policies';
import type { Policy } from '../../nodes/CloudflareSecurity/actions/accessApplication/present';
import type { VerifiedToken } from '../../nodes/CloudflareSecurity/actions/connection/credential';
import type { Count } from '../../nodes/CloudflareSecurity/actions/insight/getSummary.operation';
import type { InsightChange } from '../../nodes/CloudflareSecurity/actions/insight/setClassification';
import type { AccessRule } from '../../nodes/CloudflareSecurity/actions/ipAccessRule/accessRule';
import type { Target } from '../../nodes/CloudflareSecurity/actions/ipAccessRule/configuration';
import type { Position } from '../../nodes/CloudflareSecurity/actions/rulesetRule/place';
import type { ZoneSetting } from '../../nodes/CloudflareSecurity/actions/zone/settings';
import type { RowV1 } from '../../nodes/CloudflareSecurity/auditEvents/fromV1';
import type { RowV2 } from '../../nodes/CloudflareSecurity/auditEvents/fromV2';
import type { RecordTypeName } from '../../nodes/CloudflareSecurity/dns/recordTypes';
import type { BulkOperation } from '../../nodes/CloudflareSecurity/ipLists/bulkOperation';
import type { IpList, ListItem } from '../../nodes/CloudflareSecurity/ipLists/ipList';
import type { WantedItem } from '../../nodes/CloudflareSecurity/ipLists/writeItems';
import type { Application } from '../../nodes/CloudflareSecurity/targets/accessApplication';
import type { Account } from '../../nodes/CloudflareSecurity/targets/account';
import type { DnsRecord } from '../../nodes/CloudflareSecurity/targets/dnsRecord';
import type { Insight } from '../../nodes/CloudflareSecurity/targets/insight';
import type { Rule, Ruleset, RulesetSummary } from '../../nodes/CloudflareSecurity/targets/ruleset';
import type { Zone } from '../../nodes/CloudflareSecurity/targets/zone';
import type { OwnToken } from '../../nodes/CloudflareSecurity/trigger/ownChanges';
import type { v1Entry, v2Entry } from '../../sandbox/cloudflare/audit/answers.cjs';
import type { verifiedToken } from '../../sandbox/cloudflare/routes/user.cjs';

type Named<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };
/** Of a union: what any of its members has. */
type KeyOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** The fields that we name and the SDK does not know, or knows with values that ours do not allow. */
type Unfit<Ours, Sdk> = {
	[K in Named<Ours>]-?: K extends KeyOf<Sdk>
		? [ValueOf<Sdk, K>] extends [Ours[K]]
			? never
			: K
		: K;
}[Named<Ours>];

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Assert<T extends true> = T;
/** What we read fits, but for the fields that are named here with a reason. */
type Reads<Ours, Sdk, But = never> = Same<Unfit<Ours, Sdk>, But>;

/** Likewise the fields of the records within, as `part.field`: an interface takes one with fewer optional fields. */
type UnfitWithin<Ours, Sdk> = {
	[K in Named<Ours> & KeyOf<Sdk> & string]: NonNullable<Ours[K]> extends object
		? `${K}.${Unfit<NonNullable<Ours[K]>, NonNullable<ValueOf<Sdk, K>>> & string}`
		: never;
}[Named<Ours> & KeyOf<Sdk> & string];
type ReadsWithin<Ours, Sdk, But = never> = Same<UnfitWithin<Ours, Sdk>, But>;

type SdkRule = PhaseGetResponse['rules'][number];

export type AnswersFit = [
	Assert<Reads<Account, SdkAccount>>,
	Assert<Reads<Zone, SdkZone>>,
	// An interface of the SDK never fits a record of anything.
	Assert<Reads<DnsRecord, RecordResponse, 'data'>>,
	Assert<Reads<Insight, InsightListResponse.Issue>>,
	Assert<Reads<InsightChange, AuditLogListByInsightResponse>>,
	Assert<Reads<Count, ClassGetResponse[number]>>,
	Assert<Reads<Rule, SdkRule>>,
	// Likewise; its rules are compared in the line above.
	Assert<Reads<Ruleset, RulesetGetResponse, 'rules'>>,
	Assert<Reads<Ruleset, PhaseGetResponse, 'rules'>>,
	Assert<Reads<RulesetSummary, RulesetListResponse>>,
	Assert<Reads<IpList, ListsList>>,
	Assert<Reads<ListItem, ItemListResponse.ListsListItemIPFull>>,
	Assert<Reads<BulkOperation, BulkOperationGetResponse>>,
	// To the SDK, target and value are optional because it shares the type with what is written.
	Assert<Reads<AccessRule, AccessRuleListResponse, 'configuration'>>,
	// To the SDK, the ID is optional in some of the many kinds; the path to one application is made from it.
	Assert<Reads<Application, ApplicationListResponse, 'id'>>,
	Assert<Reads<Policy, PolicyListResponse>>,
	// To the SDK, the ID of a few settings is optional; it is the name by which they are asked for.
	Assert<Reads<ZoneSetting, SettingGetResponse, 'id'>>,
	Assert<Reads<RowV2, AuditListResponse>>,
	Assert<ReadsWithin<RowV2, AuditListResponse>>,
	// Cloudflare docs, "AI Gateway audit logs": the values of that product are records, and the texts empty.
	Assert<Reads<RowV1, AuditLog, 'newValueJson' | 'oldValueJson'>>,
	// No source names it today. It adds words where a row has it, and is null in all others.
	Assert<ReadsWithin<RowV1, AuditLog, 'action.info'>>,
	Assert<Reads<VerifiedToken, TokenVerifyResponse>>,
	Assert<Reads<VerifiedToken, AccountTokenVerifyResponse>>,
	Assert<Reads<OwnToken, TokenVerifyResponse & AccountTokenVerifyResponse>>,
];

type Fits<Ours, Sdk> = Ours extends Sdk ? true : false;

/** What the stand-in makes anew for each answer; what it keeps is compared beside the calls of the SDK. */
export type StandInFits = [
	Assert<Fits<ReturnType<typeof v1Entry>, AuditLog>>,
	Assert<Fits<ReturnType<typeof v2Entry>, AuditListResponse>>,
	Assert<Fits<ReturnType<typeof verifiedToken>, TokenVerifyResponse & AccountTokenVerifyResponse>>,
];

type SdkTarget = NonNullable<AccessRuleCreateParams['configuration']['target']>;

export type RequestsFit = [
	Assert<Same<RecordTypeName, NonNullable<RecordCreateParams['type']>>>,
	Assert<Same<Target, SdkTarget>>,
	Assert<WantedItem extends ItemCreateParams.ListsListItemIPComment ? true : false>,
	Assert<Position extends NonNullable<RuleCreateParams['position']> ? true : false>,
];
