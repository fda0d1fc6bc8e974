import Table from 'cli-table3';
import { seedIds, type RecordedCall } from '../../sandbox/cloudflare/index.cjs';

export interface Row {
	program: string;
	/** None for a program that is not installed. */
	version?: string;
	passed: number;
	failed: number;
	calls: RecordedCall[];
	/** Addresses elsewhere that it asked for. */
	refused: string[];
}

const ZONE_NAMES = new Map(Object.entries(seedIds.zones).map(([name, id]) => [id as string, name]));
const ID = /\b[0-9a-f]{32}\b/g;

const shownPath = (path: string): string =>
	path.replace(ID, (id) => (ZONE_NAMES.has(id) ? `{${ZONE_NAMES.get(id)}}` : '{id}'));

/** Method, path, query and status of each call; bodies and headers are not shown. */
export function requestLines(calls: readonly RecordedCall[]): string[] {
	return calls.map(({ method, path, query, status, credential }) => {
		const text = query.map(([name, value]) => `${name}=${value}`).join('&');
		const target = `${shownPath(path)}${text === '' ? '' : `?${text}`}`;
		return `${status}  ${method} ${target}  (${credential})`;
	});
}

/** `GET /zones?name&per_page` and the like, with how often it came. */
function kinds(calls: readonly RecordedCall[]): string[] {
	const counts = new Map<string, number>();
	for (const { method, path, query } of calls) {
		const parameters = [...new Set(query.map(([name]) => name))].join('&');
		const kind = `${method} ${path.replace(ID, '{id}')}${parameters === '' ? '' : `?${parameters}`}`;
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	return [...counts].map(([kind, count]) => `${count} × ${kind}`);
}

export function tableOf(rows: readonly Row[]): string {
	const head = ['Program', 'Version', 'Jobs', 'Requests', 'Result'];
	const table = new Table({ head, style: { head: [], border: [] } });
	for (const { program, version, passed, failed, calls, refused } of rows) {
		if (version === undefined) {
			table.push([program, '', '', '', 'skipped: not installed']);
			continue;
		}
		const elsewhere = refused.map((origin) => `refused: ${origin}`);
		table.push([
			program,
			version,
			String(passed + failed),
			[`${calls.length} in all`, ...kinds(calls), ...elsewhere].join('\n'),
			failed === 0 ? 'passed' : `${failed} failed`,
		]);
	}
	return table.toString();
}
