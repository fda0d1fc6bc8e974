import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import {
	alertRetention,
	auditV1Retention,
	auditV2Retention,
	checkRetention,
	type Retention,
} from '../../../nodes/CloudflareSecurity/time/retention';

const at = (iso: string) => Date.parse(iso);
const now = at('2026-11-20T12:00:00Z');

test.each<
	[what: string, retention: Retention, since: string, before: string, says: RegExp | undefined]
>([
	['v1, recent', auditV1Retention, '2026-11-01', '2026-11-20', undefined],
	['v1, as far as it goes', auditV1Retention, '2025-05-20T12:00Z', '2026-11-20', undefined],
	['v1, further', auditV1Retention, '2025-01-01', '2026-11-20', /18 months/],
	['v2, recent', auditV2Retention, '2026-11-01', '2026-11-20', undefined],
	['v2, from its first day', auditV2Retention, '2026-03-10', '2026-11-20', undefined],
	['v2, before its first day', auditV2Retention, '2026-01-01', '2026-11-20', /10 March 2026/],
	['alerts, recent', alertRetention, '2026-11-01', '2026-11-20', undefined],
	['alerts, months ago', alertRetention, '2026-09-01', '2026-11-20', /Enterprise/],
	['alerts, half a year ago', alertRetention, '2026-05-01', '2026-11-20', /90 days/],
])('%s', (_what, retention, since, before, says) => {
	const said = checkRetention({ since: at(since), before: at(before) }, retention, now);
	if (says === undefined) expect(said).toBeUndefined();
	else expect(said).toMatch(says);
});

test.each<[what: string, retention: Retention, before: string]>([
	['v1', auditV1Retention, '2025-05-01'],
	['v2', auditV2Retention, '2026-03-01'],
	['alerts', alertRetention, '2026-08-01'],
])('%s: a range that is gone as a whole is refused', (_what, retention, before) => {
	const range = { since: at('2020-01-01'), before: at(before) };
	expect(() => checkRetention(range, retention, now)).toThrow(InputError);
	expect(() => checkRetention(range, retention, now)).toThrow(`Before: ${before} is too far back`);
});

test('in 2028 the 18 months begin after the first day of v2', () => {
	expect(new Date(auditV2Retention.oldest(at('2028-06-15'))).toISOString()).toMatch(/^2026-12-15/);
});
