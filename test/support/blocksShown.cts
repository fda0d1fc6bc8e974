import { parseBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { formatNetwork, parseNetwork } from '../../nodes/CloudflareSecurity/firewall/ipAddress';
import type { Cloudflare } from '../../sandbox/cloudflare/index.cjs';

/** As results write times. */
export const isoTime = (time: number | undefined): string | undefined =>
	time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');

export const expiryIn = (comment: string | undefined): string | undefined =>
	isoTime(parseBlockComment(comment ?? '')?.expiresAt);

/** However Cloudflare writes it, as results do. */
export function networkIn(value: string): string {
	const network = parseNetwork(value);
	return network ? formatNetwork(network) : value;
}

interface Row {
	ip?: string;
	comment?: string;
	configuration?: { value: string };
	notes?: string;
}

interface Answer {
	method: string;
	path: string;
	rows: Row[];
}

const ROWS = /\/items$|\/access_rules\//;

async function rowsOf(response: Response): Promise<Row[]> {
	const { result } = (await response.clone().json()) as { result?: Row | Row[] | null };
	return [result ?? []].flat();
}

/** In front of a stand-in: keeps what list items and access rules its answers showed to whom. */
export function watchBlocks(cloudflare: Pick<Cloudflare, 'fetch'>) {
	const answers = new Map<string, Answer[]>();
	return {
		async fetch(request: Request): Promise<Response> {
			const response = await cloudflare.fetch(request);
			const path = new URL(request.url).pathname;
			if (!ROWS.test(path)) return response;
			const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
			const answer = { method: request.method, path, rows: await rowsOf(response) };
			answers.set(token, [...(answers.get(token) ?? []), answer]);
			return response;
		},
		/** The expiry of a network that was last shown to this token under a path; for lists only reading shows. */
		lastShown(token: string, place: string, network: string): string | undefined {
			const found = (answers.get(token) ?? [])
				.filter(({ method, path }) => path.includes(place) && !(method !== 'GET' && isList(path)))
				.flatMap(({ rows }) => rows)
				.filter((row) => networkIn(row.ip ?? row.configuration?.value ?? '') === network);
			return expiryIn(found.at(-1)?.comment ?? found.at(-1)?.notes);
		},
	};
}

const isList = (path: string) => path.endsWith('/items');
