import type { ClientName } from '../protocol.cjs';
import { fit } from '../growth.cjs';
import type { Line, ScalePoint } from '../scale.cjs';
import type { JobSummary } from '../summary.cjs';
import { clients, jobs, titleOfAnySize } from '../titles.cjs';
import { drawing, element, line, text } from './svg.cjs';

const WIDTH = 920;
const COLOURS: Record<ClientName, string> = {
	ours: '#f97316',
	helper: '#fdba74',
	undici: '#9ca3af',
	sdk: '#2563eb',
	oursInN8n: '#ea580c',
	httpRequest: '#be123c',
	httpRequestLarge: '#fb7185',
};

const BAR = 14;
const LEFT = 250;
const RIGHT = WIDTH - 90;
const LEAST = 0.25;

/** Time of each client as a multiple of ours, on a scale of powers. */
export function timePlot(summaries: readonly JobSummary[]): string {
	const ratios = summaries.flatMap(({ cells }) => cells.flatMap(({ ratio }) => ratio ?? []));
	const most = Math.max(4, ...ratios) * 1.1;
	const share = (ratio: number) =>
		Math.log(Math.max(ratio, LEAST) / LEAST) / Math.log(most / LEAST);
	const x = (ratio: number) => LEFT + share(ratio) * (RIGHT - LEFT);
	const parts: string[] = [];
	let y = 56;
	for (const { job, size, cells } of summaries) {
		const bars = cells.filter(({ ratio }) => ratio !== undefined);
		// One bar alone compares nothing.
		if (bars.length < 2) continue;
		parts.push(text(16, y + 11, jobs[job].title(size), { 'font-weight': 'bold' }));
		y += 20;
		for (const { client, ratio = 1, calls } of bars) {
			const fill = COLOURS[client];
			parts.push(
				text(LEFT - 8, y + 11, clients[client].short, { 'text-anchor': 'end' }),
				element('rect', { x: LEFT, y, width: x(ratio) - LEFT, height: BAR - 2, fill }),
				text(x(ratio) + 6, y + 10, `${ratio.toFixed(1)}, ${calls} calls`, { 'font-size': 10 }),
			);
			y += BAR;
		}
		y += 10;
	}
	const grid = [0.5, 1, 2, 4, 8, 16, 32, 64].filter((ratio) => ratio < most);
	const lines = grid.flatMap((ratio) => [
		line(x(ratio), 48, x(ratio), y, ratio === 1 ? { stroke: '#6b7280' } : {}),
		text(x(ratio), 42, String(ratio), { 'text-anchor': 'middle', 'font-size': 11 }),
	]);
	const heading = text(16, 24, 'Time as a multiple of this package (shorter is faster)', {
		'font-size': 15,
		'font-weight': 'bold',
	});
	const label = 'Bars: how long each client takes for each job, as a multiple of this package.';
	return drawing(WIDTH, y + 12, label, [heading, ...lines, ...parts]);
}

const SCALE_HEIGHT = 380;
const PANEL = { top: 60, bottom: SCALE_HEIGHT - 50, width: 340 };
const HUES = ['#f97316', '#2563eb', '#be123c', '#059669', '#7c3aed'];

interface Panel {
	left: number;
	title: string;
	value(point: ScalePoint): number;
	format(value: number): string;
}

function panel(lines: readonly Line[], { left, title, value, format }: Panel): string[] {
	const points = lines.flatMap((each) => each.points);
	const mostRows = Math.max(...points.map(({ rows }) => rows));
	const most = Math.max(...points.map(value)) * 1.08;
	const x = (rows: number) => left + (rows / mostRows) * PANEL.width;
	const y = (of: number) => PANEL.bottom - (Math.max(0, of) / most) * (PANEL.bottom - PANEL.top);
	const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
		line(left, y(part * most), left + PANEL.width, y(part * most)),
		text(left - 6, y(part * most) + 4, format(part * most), {
			'text-anchor': 'end',
			'font-size': 10,
		}),
	]);
	// The shortest lists stand too close to each other to be named.
	const named = new Set(points.map(({ rows }) => rows).filter((rows) => rows * 20 > mostRows));
	const axis = [0, ...named].map((rows) =>
		text(x(rows), PANEL.bottom + 16, rows.toLocaleString('en'), {
			'text-anchor': 'middle',
			'font-size': 10,
		}),
	);
	const drawn = lines.flatMap((each, index) => {
		const { start, perRow } = fit(each.points.map((point) => [point.rows, value(point)]));
		const stroke = HUES[index % HUES.length];
		return [
			line(x(0), y(start), x(mostRows), y(start + perRow * mostRows), {
				stroke,
				'stroke-dasharray': '4 3',
			}),
			...each.points.map((point) =>
				element('circle', { cx: x(point.rows), cy: y(value(point)), r: 4, fill: stroke }),
			),
		];
	});
	const heading = text(left, 44, title, { 'font-weight': 'bold' });
	return [heading, ...grid, ...axis, ...drawn];
}

/** Time and memory of our node by the number of rows: points as measured, the straight lines nearest to them. */
export function scalePlot(lines: readonly Line[]): string {
	const time = panel(lines, {
		left: 60,
		title: 'Seconds by rows',
		value: ({ milliseconds }) => milliseconds / 1000,
		format: (value) => value.toFixed(1),
	});
	const memory = panel(lines, {
		left: 490,
		title: 'Memory held by rows, MB',
		value: ({ heldMegabytes }) => heldMegabytes,
		format: (value) => value.toFixed(0),
	});
	const legend = lines.flatMap(({ job }, index) => {
		const left = 60 + index * 160;
		const name = titleOfAnySize(job);
		return [
			element('circle', { cx: left, cy: SCALE_HEIGHT - 14, r: 4, fill: HUES[index % HUES.length] }),
			text(left + 8, SCALE_HEIGHT - 10, name, { 'font-size': 11 }),
		];
	});
	const heading = text(16, 22, 'Cost of this package by the number of rows', {
		'font-size': 15,
		'font-weight': 'bold',
	});
	const label = 'Time and memory of this package for lists of different lengths.';
	return drawing(WIDTH, SCALE_HEIGHT, label, [heading, ...time, ...memory, ...legend]);
}
