import type { Pair } from '../requests/jobs.cjs';
import { accessApplicationPairs } from './accessApplications.cjs';
import { accessRulePairs } from './accessRules.cjs';
import { auditLogPairs } from './auditLogs.cjs';
import { connectionPairs } from './connection.cjs';
import { dnsRecordPairs } from './dnsRecords.cjs';
import { editorPairs } from './editor.cjs';
import { insightPairs } from './insights.cjs';
import { ipListPairs } from './ipLists.cjs';
import { newRulePairs } from './newRules.cjs';
import { rulePairs } from './rules.cjs';
import { triggerPairs } from './trigger.cjs';
import { zonePairs } from './zones.cjs';

/** Runs beside those of the catalogue: the same requests with other values, the lists of the editor, and the trigger. */
export const furtherPairs: readonly Pair[] = [
	...zonePairs,
	...dnsRecordPairs,
	...rulePairs,
	...newRulePairs,
	...accessRulePairs,
	...ipListPairs,
	...insightPairs,
	...accessApplicationPairs,
	...auditLogPairs,
	...connectionPairs,
	...editorPairs,
	...triggerPairs,
];
