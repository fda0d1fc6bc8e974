import { servedEndpoints } from './endpoints.cjs';
import { meantDifferences, notInSdk } from './differences.cjs';

/** What was seen of an endpoint. */
export interface Seen {
	/** What of our package asks it: `zone:get`, `searchZones`. */
	parts: Set<string>;
}

export interface Counts {
	runs: number;
	/** Pairs of requests. */
	requests: number;
	/** Pairs of requests that differ in something that is meant. */
	differing: number;
}

/** Aligned as prettier wants it. */
function table(head: readonly string[], rows: readonly string[][]): string {
	const escaped = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
	const widths = head.map((_cell, column) =>
		Math.max(3, ...escaped.map((row) => row[column].length)),
	);
	const line = (row: readonly string[]) =>
		`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	const [first, ...others] = escaped;
	return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join(
		'\n',
	);
}

const code = (text: string): string => `\`${text}\``;

const byPath = (one: string, other: string): number => {
	const [[method, path], [otherMethod, otherPath]] = [one.split(' '), other.split(' ')];
	return path.localeCompare(otherPath, 'en') || method.localeCompare(otherMethod, 'en');
};

/** One row for each endpoint: the endpoint, our package, the SDK, the sandbox. */
export const rowsOf = (
	seen: ReadonlyMap<string, Seen>,
	sdkMethods: Readonly<Record<string, string>>,
): string[][] =>
	[...new Set([...servedEndpoints, ...seen.keys()])]
		.sort(byPath)
		.map((endpoint) => [
			endpoint,
			[...(seen.get(endpoint)?.parts ?? [])].sort().join(', '),
			sdkMethods[endpoint] ?? '',
			servedEndpoints.includes(endpoint) ? 'yes' : 'no',
		]);

export function summary(rows: readonly string[][], { runs, requests, differing }: Counts): string {
	const ours = rows.filter(([, parts]) => parts !== '').length;
	const served = rows.filter(([, , , sandbox]) => sandbox === 'yes').length;
	return `${rows.length} endpoints: ${ours} used by this package, ${rows.length - Object.keys(notInSdk).length} known to the SDK, ${served} served by the sandbox. ${runs} runs, ${requests} requests compared, ${differing} of them with one of the ${meantDifferences.length} differences that are meant, 0 with another.`;
}

/** For the terminal: the same table, and the counts. */
export function report(rows: readonly string[][], counts: Counts): string {
	const head = ['Endpoint', 'Used by', 'SDK', 'Sandbox'];
	return `${table(head, [...rows])}\n\n${summary(rows, counts)}\n`;
}

export function page(rows: readonly string[][], counts: Counts): string {
	const endpoints = rows.map(([endpoint, parts, sdk, sandbox]) => [
		code(endpoint),
		parts === '' ? '' : parts.split(', ').map(code).join(', '),
		sdk === '' ? '' : code(sdk),
		sandbox,
	]);
	const differences = meantDifferences.map(({ endpoint, where, ours, sdk, reason }) => [
		code(endpoint),
		where.map(code).join(', '),
		ours,
		sdk,
		reason,
	]);
	const missing = Object.entries(notInSdk).map(([endpoint, why]) => `- ${code(endpoint)}: ${why}`);
	return `# Conformance

Made by \`npm run test:conformance -- --write\`; the tests fail when it is out of date.

Cloudflare's official SDK (\`cloudflare\` 7.3.0 from npm) is the referee. Every operation, every list of the editor and the
trigger run in n8n's own engine in front of the stand-in for Cloudflare. For each run somebody wrote down the calls that do the
same with the SDK, in the SDK's own types, and they run in front of a stand-in in the same state. The requests of both must be
the same one by one: method, path, query, body and content type, also the page sizes. Known only during a run, and therefore not
compared: cursors (but which one it is), the default \`ref\` of a rule, and how often a bulk operation is asked for; times may be a minute
apart. The SDK also writes to and reads from every endpoint of the stand-in that it knows, which must give what the SDK's types promise.
So the compiler checks the types of requests, in the calls of the SDK that ours must equal; and beside them those of answers, field
by field for what the nodes read, and of what the nodes build themselves (\`test/conformance/types.cts\`, a part of the same command).

${summary(rows, counts)}

## Endpoints

${table(['Endpoint', 'Used by', 'Method of the SDK', 'Sandbox'], endpoints)}

## Differences

Nothing else is tolerated, and an entry that does not occur any more fails the tests.

${table(['Endpoint', 'Where', 'This package', 'SDK', 'Why'], differences)}

## The stand-in in another mode

Where sources contradict each other the stand-in has a switch, and tests of the nodes use both positions. Twice a referee
understands only the one that is not the default, and is given it:

- The cursor of the list of rulesets: by default at \`result_info.cursors.after\`, where other lists have it. The SDK's pager follows
  \`result_info.cursor\` alone. Without the switch it ends after the first page, which the tests show.
- The code for a DNS record that is there already: 81058 by default. lexicon, which is a referee in \`npm run test:clients\`, takes
  only 81057 for "it is there".

One job is left out: fail2ban bans an IPv6 address here, but does not lift that ban. It looks for the rule by the target \`ip6\`, which
is none of the documented values, and by the short form of the address, while Cloudflare keeps the long one. Whether the real
Cloudflare finds it so is not known.

## Not in the SDK

${missing.join('\n')}
`;
}
