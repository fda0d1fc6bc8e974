// npm run bench: the same jobs with this package and with what people would use instead, side by side in one run.
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startN8n } from './n8n/start.cjs';
import {
	CLIENTS,
	JOBS,
	N8N_CLIENTS,
	SCALE_JOBS,
	type ClientName,
	type JobName,
} from './protocol.cjs';
import { handshakeTable, jobTable, scaleTable, targetLines } from './report/table.cjs';
import { writeDocs } from './report/write.cjs';
import { startBench, type Bench, type N8nVersions } from './run.cjs';
import { measureScale, type Line } from './scale.cjs';
import { summarise, type JobSummary } from './summary.cjs';
import { checkTargets, type Target } from './targets.cjs';
import { jobs } from './titles.cjs';

export interface Report {
	success: true;
	latencyMilliseconds: number;
	rounds: number;
	/** On top of them, for short runs. */
	moreRounds: number;
	quick: boolean;
	/** The real n8n, if one took part. */
	n8n?: N8nVersions;
	/** The version of n8n-core, in whose engine this package runs otherwise. */
	engine: string;
	machine: { node: string; platform: string; processors: number; memoryGigabytes: number };
	jobs: JobSummary[];
	scale: Line[];
	targets: Target[];
}

const LATENCY = 40;
const ROUNDS = 3;
/** For short runs, so that their spread shows. */
const MORE_ROUNDS = 2;
/** Who shows what new connections cost. With the usual pages the HTTP Request node would take minutes. */
const HANDSHAKES: readonly ClientName[] = CLIENTS.filter((name) => name !== 'httpRequest');
/** Each ten times the one before, so that a cost that grows too fast shows. */
const SCALE = { full: [200, 2000, 20_000], quick: [20, 200, 2000] } as const;

function options() {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			quick: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			n8n: { type: 'boolean', default: false },
			only: { type: 'string', multiple: true },
			rounds: { type: 'string', default: String(ROUNDS) },
		},
	});
	return {
		...values,
		only: (values.only ?? [...JOBS, ...SCALE_JOBS]) as JobName[],
		rounds: Number(values.rounds),
	};
}

const started = Date.now();
function progress(text: string): void {
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	process.stderr.write(`${`${seconds} s`.padStart(8)}  … ${text}\n`);
}

const machine = (): Report['machine'] => ({
	node: process.version,
	platform: `${process.platform} ${process.arch}`,
	processors: cpus().length,
	memoryGigabytes: Math.round(totalmem() / 2 ** 30),
});

function engineVersion(): string {
	const file = join(__dirname, '..', 'node_modules', 'n8n-core', 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function measure(bench: Bench, given: ReturnType<typeof options>): Promise<Report> {
	const { quick, only, rounds, n8n } = given;
	const clients: ClientName[] = CLIENTS.filter((name) => n8n || !N8N_CLIENTS.includes(name));
	const moreRounds = quick ? 0 : MORE_ROUNDS;
	const summaries: JobSummary[] = [];
	for (const job of JOBS.filter((name) => only.includes(name))) {
		const size = jobs[job].sizes[quick ? 1 : 0];
		const handshakes = jobs[job].list ? clients.filter((name) => HANDSHAKES.includes(name)) : [];
		const order = { job, size, clients, rounds, moreRounds, handshakes };
		const summary = summarise(await bench.run(order));
		summaries.push(summary);
		if (!given.json) process.stdout.write(`${jobTable(summary)}\n\n`);
	}
	const versions = bench.versions();
	const sizes = quick ? SCALE.quick : SCALE.full;
	const lines = await measureScale(bench, { sizes, only, rounds });
	return {
		success: true,
		latencyMilliseconds: LATENCY,
		rounds,
		moreRounds,
		quick,
		...(versions && { n8n: versions }),
		engine: engineVersion(),
		machine: machine(),
		jobs: summaries,
		scale: lines,
		targets: checkTargets(summaries, lines),
	};
}

async function main(): Promise<void> {
	const order = options();
	const bench = await startBench({ latency: LATENCY, progress, startN8n });
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void bench.stop().then(() => process.exit(130)));
	try {
		const report = await measure(bench, order);
		if (order.write) await writeDocs(report);
		if (order.json) process.stdout.write(`${JSON.stringify(report)}\n`);
		else {
			process.stdout.write(`${handshakeTable(report.jobs)}\n\n`);
			if (report.scale.length > 0) process.stdout.write(`${scaleTable(report.scale)}\n\n`);
			if (!order.n8n) process.stdout.write("Left out: n8n's HTTP Request node (--no-n8n)\n");
			process.stdout.write(`${targetLines(report.targets)}\n`);
		}
	} finally {
		await bench.stop();
	}
}

main().catch((error: unknown) => {
	const message = error instanceof Error ? error.message : String(error);
	process.stderr.write(`${message}\n`);
	if (process.argv.includes('--json'))
		process.stdout.write(`${JSON.stringify({ success: false, error: message })}\n`);
	process.exitCode = 1;
});
