import type { SentRequest } from '../../support/sentRequest.cjs';
import { endpointOf } from './endpoints.cjs';

/** One thing in which two requests for the same endpoint differ. */
export interface Difference {
	endpoint: string;
	/** `query.order`, `body.rules[].ref`, `body`, `contentType` */
	where: string;
	/** Undefined when it is not sent. */
	ours: unknown;
	sdk: unknown;
}

/** Both runs are a moment apart, and so are the times that they ask for. */
const MOMENT_MS = 60_000;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const form = (time: string) => time.replace(/\d/g, '0');
const sameTime = (one: string, other: string): boolean =>
	TIME.test(one) &&
	form(one) === form(other) &&
	Math.abs(Date.parse(one) - Date.parse(other)) < MOMENT_MS;

/** The values of each name of a query, in their order. */
function valuesByName(query: SentRequest['query']): Map<string, string[]> {
	const values = new Map<string, string[]>();
	for (const [name, value] of query) values.set(name, [...(values.get(name) ?? []), value]);
	return values;
}

/** Stands for the ref that our node makes from execution, node, run and item, which only n8n knows. */
export const DEFAULT_REF = 'n8n-default';
const withDefaultRef = (body: unknown): unknown =>
	JSON.parse(JSON.stringify(body).replace(/"n8n-[0-9a-f]{32}"/g, `"${DEFAULT_REF}"`));

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

type Found = Omit<Difference, 'endpoint'>;

function bodyDifferences(where: string, ours: unknown, sdk: unknown): Found[] {
	if (Array.isArray(ours) && Array.isArray(sdk) && ours.length === sdk.length)
		return ours.flatMap((each, index) => bodyDifferences(`${where}[]`, each, sdk[index]));
	if (isRecord(ours) && isRecord(sdk))
		return [...new Set([...Object.keys(ours), ...Object.keys(sdk)])].flatMap((key) =>
			bodyDifferences(`${where}.${key}`, ours[key], sdk[key]),
		);
	return JSON.stringify(ours) === JSON.stringify(sdk) ? [] : [{ where, ours, sdk }];
}

function queryDifferences(ours: SentRequest['query'], sdk: SentRequest['query']): Found[] {
	const [mine, theirs] = [valuesByName(ours), valuesByName(sdk)];
	return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((name) => {
		const [one = [], other = []] = [mine.get(name), theirs.get(name)].map((each) => each?.sort());
		const same =
			one.length === other.length &&
			one.every((value, index) => value === other[index] || sameTime(value, other[index]));
		const [first, second] = [one, other].map((each) => (each.length > 0 ? each : undefined));
		return same ? [] : [{ where: `query.${name}`, ours: first, sdk: second }];
	});
}

/** Differences of two requests with the same method and path. */
export function differencesOf(ours: SentRequest, sdk: SentRequest): Difference[] {
	const endpoint = endpointOf(ours);
	const found = [
		...queryDifferences(ours.query, sdk.query),
		...bodyDifferences('body', ours.body, sdk.body),
		...(ours.contentType === sdk.contentType
			? []
			: [{ where: 'contentType', ours: ours.contentType, sdk: sdk.contentType }]),
	];
	return found.map((each) => ({ endpoint, ...each }));
}

export const lineOf = ({ method, path }: SentRequest): string => `${method} ${path}`;

/**
 * Makes the requests of two runs comparable: cursors and default refs are known only during a run, so of a cursor it
 * counts which one it is; and how often a bulk operation is asked for depends on the time that it takes.
 */
export function settled(requests: readonly SentRequest[]): SentRequest[] {
	const cursors: string[] = [];
	const number = (cursor: string) => {
		if (!cursors.includes(cursor)) cursors.push(cursor);
		return `cursor ${cursors.indexOf(cursor) + 1}`;
	};
	return requests
		.filter(
			(request, index) =>
				!request.path.includes('/bulk_operations/') ||
				index === 0 ||
				lineOf(requests[index - 1]) !== lineOf(request),
		)
		.map((request) => ({
			...request,
			...(request.body === undefined ? {} : { body: withDefaultRef(request.body) }),
			query: request.query.map(([name, value]) => [
				name,
				name === 'cursor' ? number(value) : value,
			]),
		}));
}
