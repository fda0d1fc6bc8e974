import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { eventsPerPoll, lookBackMinutes } from '../../nodes/CloudflareSecurity/trigger/limits';
import type { Report } from '../main.cjs';
import type { JobSummary } from '../summary.cjs';
import { jobs } from '../titles.cjs';
import { scalePlot, timePlot } from './plots.cjs';
import {
	HANDSHAKE_HEADINGS,
	handshakeRows,
	HEADINGS,
	rowsOf,
	SCALE_HEADINGS,
	scaleRows,
} from './table.cjs';

const root = join(__dirname, '..', '..');

const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** How the bursts of the benchmark go by what one poll hands over. */
function pollsOfBurst(): string {
	const [size] = jobs.burst.sizes;
	const polls = (perPoll: number) => Math.ceil(size / perPoll);
	const shown = (count: number) => count.toLocaleString('en');
	const { usual, max } = eventsPerPoll;
	return `A poll hands over ${shown(usual)} events at the
  most unless Events per Poll says otherwise, which goes up to ${shown(max)}: ${shown(size)} events take at least ${polls(usual)} polls or ${polls(max)}.
  Here one poll follows the other at once. n8n polls once a minute at the most, so with the default the last of them come
  ${polls(usual) - 1} minutes or more after the first.`;
}

function jobSection(summary: JobSummary): string {
	const measured = rowsOf(summary).filter(({ length }) => length > 2);
	const unable = rowsOf(summary).filter(({ length }) => length === 2);
	const reasons = unable.map(([client, reason]) => `- ${client}: ${reason}`);
	const title = jobs[summary.job].title(summary.size);
	return [
		`### ${title[0].toUpperCase()}${title.slice(1)}`,
		table(HEADINGS, measured),
		...(reasons.length > 0 ? [`Not measured:\n\n${reasons.join('\n')}`] : []),
	].join('\n\n');
}

const handshakeSection = ({
	jobs: summaries,
	latencyMilliseconds,
}: Report): string => `## With the round trips of new connections

Above, latency is per request, and to connect costs nothing but CPU. Over a network TCP takes one round trip before the first
request and TLS 1.3 another one. Here the stand-in lets each new connection wait for as long, ${2 * latencyMilliseconds} ms, before its TLS begins; all else
is as above, in the same processes. n8n pays it for each request, for every node. **The limit and the SDK come connected, as
above**: that is what the limit is, and what a program that keeps its connections has. Runs of more than four seconds were
done once. Left out, for their time: the usual pages of the HTTP Request node, which connects 200 times for these lists, one
after another; and what is no list.

${table(HANDSHAKE_HEADINGS, handshakeRows(summaries))}`;

const scaleSection = ({ scale }: Report): string => `## Cost by the number of rows

![Time and memory of this package by the number of rows](benchmark-scale.svg)

Each size ran in a new process. **Growth** is what a further row costs between the second and the third size, as a multiple of
what it costs between the first and the second: 1 is a straight line, about 3 a power of one and a half, about 10 a square.
In brackets: the first step was less than a tenth of the cost, or too little to measure, so that the least that counts was
taken for it. Time is not quite straight, as it goes by round trips rather than by rows: numbered pages come eight at a time, and
short lists take the one or two that any list takes. Pages of 1,000 that come one by one make 1.8 of it alone: 2,000 rows
take one call more than 200, and 20,000 take 18 more.

Blocks go up to 10,000: more no account holds in its lists, but for Enterprise. Block, the burst at the trigger, the records of
many zones and the sweep ran once per size, for their time. The sweep reads every item of a list and hands over none: what
memory it takes is not for rows that come out. The search by content is left out, as Cloudflare itself filters: its calls
go by zones, and 2,000 zones take more than it allows in five minutes. The plot shows the lists.

${table(SCALE_HEADINGS, scaleRows(scale))}`;

function page(report: Report): string {
	const { latencyMilliseconds, rounds, moreRounds, machine, n8n, engine, targets } = report;
	return `# Benchmark

Made by \`npm run bench -- --write\`. The same jobs with this package and with what people would use instead, side by side in
one run. Compare the ratios; the seconds belong to one machine, which did other things as well.

![Time of each client as a multiple of this package](benchmark.svg)

## How it was measured

- Cloudflare is the stand-in of this repository, in a process of its own, over TLS and HTTP/1.1, with ${latencyMilliseconds} ms of latency for each
  request. Where nothing changes it keeps the answers that it gave, so that its own work takes no time from any client.
- All clients reach it as \`api.cloudflare.com\` in the same way: in their process, a connection to that name goes to the
  stand-in's port. There is no proxy in between; certificates are checked as ever.
- Each client runs in a process of its own and does the job once before it counts. Then they take turns in being first; the
  time is the median of ${rounds} runs, of ${rounds + moreRounds} where each takes less than two seconds, with the least and the most beside it.
- **Memory held** is the most that the process had in use during the job, above the least: heap and buffers right after a
  garbage collection, in a further run whose time does not count. It is looked at before, every 20 ms (less often in
  long runs), and at the end with the result still held. Room that a process has anyway does not count and garbage does
  not, so a process that has loaded n8n and one that has not are measured alike. The process itself takes more: garbage
  waits to be collected, and what one step makes and gives up without a pause is not seen.
- **This package** and the **bare loop** run in the engine of n8n-core ${engine} with n8n's own HTTP helper, which every node has to use. This package
  runs with Simplify off, so that it hands over what the API sends, as the others do. The
  bare loop does nothing but fetch pages, eight at a time: what it takes beside the limit is n8n's cost, not ours.
- **The limit** is undici on 8 connections, with the largest pages, all of them at once as soon as their number is known.
  Before each run eight requests at a time open those that are not, and one request the SDK's; neither counts, so that both
  begin each run connected. n8n keeps no connection.
- **The SDK** pages by itself, with the pages that come unless asked. Its lists by page number end with an empty page.
- **HTTP Request** is n8n's node with its pagination in a real n8n${n8n ? ` ${n8n.n8n} on Node.js ${n8n.node}` : ''}, followed by Split Out so that rows
  become items: once with the pages that come unless asked, once with the largest that are documented. **This package in the
  real n8n** is the one to compare it with: time is what n8n counts for the nodes. CPU and memory, measured in the same way as
  everywhere, are those of the whole n8n process, which also hands the rows from node to node, saves the execution and
  has let it go at the end: compare them among those three only.${n8n ? '' : ' (Left out of this run.)'}
- Every client must end up with exactly the rows that the stand-in holds: equal sets of IDs, none twice. Calls and connections
  are counted by the stand-in. To block, the other clients only add the addresses to a list that is there, wait for the bulk
  operation and read the list back; this package also checks the addresses, looks for the list, makes the rule, and reads back
  what it reports.

What to know when reading it:

- **n8n opens a new TLS connection for every request**, for every node, ours included. With it, the helper takes most of what
  this package takes beyond the limit, as the bare loop shows.
  Over a real network each connection costs two more round trips, which only [one section](#with-the-round-trips-of-new-connections) counts.
- **A list of four or five pages can be read at most about twice as fast as page after page**: its first page has to come
  before the others can be asked for together, so it takes two round trips instead of four or five. So much is there to win
  against the HTTP Request node where somebody gave it the largest pages by hand (20,000 DNS records of a zone, 5,000
  insights); four times is not.
- **Lists with cursors, and version 1 of the audit log, which tells no totals, come page after page**: no client can ask for the
  next page before it has this one. There the page size alone makes the difference.
- **The HTTP Request node sends one request per item all at once** where this package keeps to eight (At once): quick for 200
  zones, and Cloudflare blocks who sends more than 1,200 within five minutes. This package watches that quota.
- **Blocking waits for Cloudflare's bulk operation**: this package looks at once and again after 1, 2, 4 and more
  seconds, the others each second. Of the CPU that this package takes for 1,000 items, n8n needs nearly half to work out the
  node's fields for each of them: so a CPU profile that was taken once by hand, with n8n-core 2.41, and not in this run.
- **The trigger reads the last ${lookBackMinutes.usual} minutes again at each poll**, because events come in late. While a
  poll hands over less than there is, the next one only goes on where it stopped, a second earlier; after it, or after five
  minutes of it, they read again, and a burst stays in what they read until it is older than that. ${pollsOfBurst()} The limit
  reads the events once and hands them over all together.
- **Checking permissions asks one thing after another on purpose**: a credential that is no good must not lock its user out.

Machine: ${machine.processors} processors, ${machine.memoryGigabytes} GB, ${machine.platform}, Node.js ${machine.node}.

## Goals

A time is judged by the rounds, not by their median alone: in brackets are the least and the most of the ratios in each round,
in which the clients went one after another. Where the goal lies between them, it says **within noise**.

${table(
	['Goal', 'Found', ''],
	targets.map(({ what, found, verdict, why }) => {
		const said = verdict === 'met' ? 'met' : `**${verdict}**`;
		return [what, found, why === undefined ? said : `${said}: ${why}`];
	}),
)}

## Jobs

${report.jobs.map(jobSection).join('\n\n')}

${handshakeSection(report)}

${report.scale.length > 0 ? scaleSection(report) : ''}
`;
}

/** Writes docs/benchmark.md with its two plots. */
export async function writeDocs(report: Report): Promise<void> {
	const docs = join(root, 'docs');
	const file = join(docs, 'benchmark.md');
	const config = await resolveConfig(file);
	writeFileSync(file, await format(page(report), { ...config, filepath: file }));
	writeFileSync(join(docs, 'benchmark.svg'), timePlot(report.jobs));
	if (report.scale.length > 0)
		writeFileSync(
			join(docs, 'benchmark-scale.svg'),
			scalePlot(report.scale.filter(({ job }) => jobs[job].list)),
		);
}
