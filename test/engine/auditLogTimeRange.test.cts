// Times and time ranges, as all operations with a time range read them.
import { ago, auditLog, DAY, HOUR, queryOf } from '../support/auditLog.cjs';
import { output, refusal, runNode, useCloudflare } from '../support/nodeTest.cjs';

const cf = useCloudflare();

describe('Time range', () => {
	const between = { ...auditLog, timeRange: 'between' };
	const sent = async (range: object) => {
		await output({ ...between, ...range });
		const { since, before } = queryOf(cf.calls[0]);
		return { since, before };
	};

	test.each<[how: string, expression: string]>([
		['text', '{{ $json.at }}'],
		['a Luxon object', '{{ DateTime.fromISO($json.at) }}'],
		['a date object', '{{ new Date($json.at) }}'],
		['milliseconds', '{{ new Date($json.at).getTime() }}'],
		['milliseconds as text', '{{ String(new Date($json.at).getTime()) }}'],
		[
			'Luxon text in another zone',
			'{{ DateTime.fromISO($json.at).setZone("Asia/Tokyo").toISO() }}',
		],
	])('takes times as %s', async (_how, expression) => {
		const at = ago(20 * DAY);
		const before = ago(10 * DAY);
		const inParis = new Date(Date.parse(before) + HOUR).toISOString().replace('Z', '+01:00');
		await output({ ...between, since: `=${expression}`, before: inParis }, { items: [{ at }] });
		expect(queryOf(cf.calls[0])).toMatchObject({ since: at, before });
	});

	test('takes "$now.minus" and leaves the end at now', async () => {
		const earliest = Date.now();
		const { since, before } = await sent({ since: '={{ $now.minus({ hours: 3 }) }}' });
		expect(Date.parse(before)).toBeGreaterThanOrEqual(earliest);
		expect(Math.abs(Date.parse(before) - Date.parse(since) - 3 * HOUR)).toBeLessThan(5000);
	});

	test.each([
		['7d', 7 * DAY],
		['90 minutes ago', 1.5 * HOUR],
	])('takes the text %s', async (since, length) => {
		const range = await sent({ since });
		expect(Date.parse(range.before) - Date.parse(range.since)).toBe(length);
	});

	test.each([
		['minutes', 30, 0.5 * HOUR],
		['hours', 2, 2 * HOUR],
		['days', 3, 3 * DAY],
		['weeks', 1, 7 * DAY],
	])('relative: %s', async (lastUnit, lastAmount, length) => {
		await output({ ...auditLog, lastUnit, lastAmount });
		const { since, before } = queryOf(cf.calls[0]);
		expect(Date.parse(before) - Date.parse(since)).toBe(length);
	});

	test.each<[what: string, parameters: object, says: string]>([
		['no date', { since: 'soon' }, 'Since: got "soon"'],
		['a day that is not in the calendar', { since: '2026-02-30' }, 'Since: got "2026-02-30"'],
		['no since', { since: '' }, 'Since: got nothing'],
		['a bad before', { since: '7d', before: 'x' }, 'Before: got "x"'],
		[
			'since after before',
			{ since: '2026-11-02T00:00:00Z', before: '2026-11-01T00:00:00Z' },
			'Since: 2026-11-02T00:00:00.000Z is not before 2026-11-01T00:00:00.000Z',
		],
		['the same moment twice', { since: '24h', before: '24h' }, 'is not before'],
		['nothing at all', { timeRange: 'ever' }, 'Time Range: got "ever"'],
		[
			'only what v2 cannot have',
			{ since: '2025-06-01', before: '2026-02-01' },
			'Before: 2026-02-01 is too far back',
		],
		[
			'only what v1 has lost',
			{ source: 'v1', since: '2020-01-01', before: '2020-02-01' },
			'keeps audit logs for 18 months',
		],
	])('refuses %s before any request', async (_what, parameters, says) => {
		const text = await refusal({ ...between, ...parameters });
		expect(text).toContain(says);
		expect(cf.calls).toEqual([]);
	});

	test('says once when the range begins before what Cloudflare keeps', async () => {
		const result = await runNode({
			parameters: { ...between, since: '2025-01-01' },
			items: [{}, {}],
		});
		expect(result.hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('10 March 2026') }),
		]);
		expect((await runNode({ parameters: auditLog })).hints).toEqual([]);
	});
});
