import Table from 'cli-table3';
import type { Cell, JobSummary } from '../summary.cjs';
import { clients, jobs, titleOfAnySize } from '../titles.cjs';
import type { Growth } from '../growth.cjs';
import type { Cost, Line } from '../scale.cjs';
import type { Target } from '../targets.cjs';
import type { Verdict } from '../verdict.cjs';

const shown = (value: number | undefined, unit = ''): string =>
	value === undefined ? '' : `${value.toLocaleString('en')}${unit}`;

export const HEADINGS = [
	'Client',
	'Time, ours = 1',
	'Calls',
	'Connections',
	'At once',
	'Memory held',
	'CPU per row',
	'Seconds (least–most)',
];

const seconds = (milliseconds = 0): string => (milliseconds / 1000).toFixed(2);

/** The median, and the rounds that it stands for. */
function timeOf({ milliseconds, rounds = [] }: Pick<Cell, 'milliseconds' | 'rounds'>): string {
	const spread = `${seconds(Math.min(...rounds))}–${seconds(Math.max(...rounds))}`;
	return rounds.length > 1 ? `${seconds(milliseconds)} (${spread})` : seconds(milliseconds);
}

/** One row of text for each client of a job. */
export const rowsOf = ({ cells }: JobSummary): string[][] =>
	cells.map((cell) => {
		const { title } = clients[cell.client];
		if (cell.unable !== undefined) return [title, cell.unable];
		const polls = cell.polls === undefined ? '' : ` + ${cell.polls} polls`;
		const note = cell.note === undefined ? '' : ` (${cell.note})`;
		return [
			title,
			cell.ratio?.toFixed(2) ?? '',
			`${shown(cell.calls)}${polls}${note}`,
			shown(cell.connections),
			shown(cell.mostAtOnce),
			shown(cell.heldMegabytes, ' MB'),
			shown(cell.cpuMicroseconds, ' µs'),
			timeOf(cell),
		];
	});

export const HANDSHAKE_HEADINGS = [
	'List',
	'Client',
	'Time, ours = 1',
	'Connections',
	'Seconds (least–most)',
	'Beside the same without them',
];

/** One row of text for each client that was measured with the round trips of new connections. */
export const handshakeRows = (summaries: readonly JobSummary[]): string[][] =>
	summaries.flatMap(({ job, size, cells }) => {
		const measured = cells.filter(({ withHandshakes }) => withHandshakes !== undefined);
		const ours = measured.find(({ client }) => client === 'ours')?.withHandshakes?.milliseconds;
		return measured.map(({ client, milliseconds = NaN, withHandshakes = {} }, index) => {
			const { milliseconds: slow = NaN, connections } = withHandshakes;
			return [
				index === 0 ? jobs[job].title(size) : '',
				clients[client].title,
				ours === undefined ? '' : (slow / ours).toFixed(2),
				shown(connections),
				timeOf(withHandshakes),
				`${(slow / milliseconds).toFixed(2)} times`,
			];
		});
	});

const plain = { style: { head: [], border: [] } };

export function jobTable(summary: JobSummary): string {
	const table = new Table({ ...plain, head: HEADINGS });
	for (const row of rowsOf(summary))
		table.push(
			row.length === 2 ? [row[0], { colSpan: HEADINGS.length - 1, content: row[1] }] : row,
		);
	return `${jobs[summary.job].title(summary.size)}\n${table.toString()}`;
}

export function handshakeTable(summaries: readonly JobSummary[]): string {
	const table = new Table({ ...plain, head: HANDSHAKE_HEADINGS });
	for (const row of handshakeRows(summaries)) table.push(row);
	return `With the round trips of new connections\n${table.toString()}`;
}

export const SCALE_HEADINGS = [
	'List',
	'Rows',
	'Calls',
	'Memory held',
	'CPU',
	'Seconds',
	'Growth of time, CPU, memory',
];

/** What each cost grows by; in brackets where the shorter step is noise. */
function growthCell(growth: Record<Cost, Growth>): string {
	const { time, cpu, memory } = growth;
	return [time, cpu, memory]
		.map(({ ratio, noise }) => (noise ? `(${ratio.toFixed(2)})` : ratio.toFixed(2)))
		.join(', ');
}

/** One row of text for each size of each list. */
export const scaleRows = (lines: readonly Line[]): string[][] =>
	lines.flatMap(({ job, points, growth }) =>
		points.map(({ rows, calls, heldMegabytes, cpuMilliseconds, milliseconds }, index) => [
			index === 0 ? titleOfAnySize(job) : '',
			shown(rows),
			shown(calls),
			shown(heldMegabytes, ' MB'),
			`${(cpuMilliseconds / 1000).toFixed(2)} s`,
			(milliseconds / 1000).toFixed(2),
			index === 0 ? growthCell(growth) : '',
		]),
	);

export function scaleTable(lines: readonly Line[]): string {
	const table = new Table({ ...plain, head: SCALE_HEADINGS });
	for (const row of scaleRows(lines)) table.push(row);
	return table.toString();
}

const MARKS: Record<Verdict, string> = { met: '✓', 'not met': '✗', 'within noise': '~' };

export const targetLines = (targets: readonly Target[]): string =>
	targets
		.map(({ what, found, verdict, why }) => {
			const reason = why === undefined ? '' : ` (${why})`;
			return `${MARKS[verdict]} ${verdict.padEnd(12)}  ${what}: ${found}${reason}`;
		})
		.join('\n');
