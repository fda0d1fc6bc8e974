// npm run test:clients: programs that others wrote do their jobs against the stand-in for Cloudflare.
import { certbot } from './certbot.cjs';
import { checkClosed } from './closed.cjs';
import { ddclient } from './ddclient.cjs';
import { tooFew } from './enough.cjs';
import { fail2ban } from './fail2ban.cjs';
import { install } from './install.cjs';
import { lexiconProgram } from './lexicon.cjs';
import { Place } from './place.cjs';
import { installLine, type Program } from './program.cjs';
import { requestLines, tableOf, type Row } from './report.cjs';

const PROGRAMS: readonly Program[] = [ddclient, certbot, lexiconProgram, fail2ban];
const OUTPUT_LINES = 30;

export interface Log {
	step(text: string): void;
	done(text: string): void;
	note(text: string): void;
	fail(text: string, whatToDo?: string): void;
}
export interface Order {
	log: Log;
	/** Names of programs; none for all. */
	only: string[];
	install: boolean;
}
export interface Count {
	passed: number;
	failed: number;
	skipped: number;
}

function wantedPrograms(only: readonly string[]): Program[] {
	const names = PROGRAMS.map(({ name }) => name);
	const unknown = only.find((name) => !names.includes(name));
	if (unknown !== undefined)
		throw new Error(`There is no program ${unknown}; there are ${names.join(', ')}`);
	return PROGRAMS.filter(({ name }) => only.length === 0 || only.includes(name));
}

async function versionOf(program: Program, place: Place): Promise<string | undefined> {
	try {
		return await program.version(place);
	} catch {
		return undefined;
	}
}

/** Leaves nothing behind when the command is ended early. */
function endingWith(clean: () => Promise<void>): () => void {
	const end = () => void clean().finally(() => process.exit(130));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
	return () => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
	};
}

async function runJobs(program: Program, row: Row, place: Place, log: Log): Promise<void> {
	for (const { title, run } of program.jobs(place)) {
		const shown = `${program.name} ${title}`;
		log.step(shown);
		const before = place.cloudflare.calls.length;
		place.lastOutput = '';
		const calls = () => place.cloudflare.calls.slice(before);
		try {
			await run();
			row.passed += 1;
			log.done(`${shown} (requests: ${calls().length})`);
		} catch (error) {
			row.failed += 1;
			log.fail(`${shown}: ${error instanceof Error ? error.message : String(error)}`);
			for (const line of place.lastLines(OUTPUT_LINES)) log.note(line);
		}
		for (const line of requestLines(calls())) log.note(line);
	}
}

async function runProgram(program: Program, { log, install: installs }: Order): Promise<Row> {
	const place = await Place.open();
	const row: Row = { program: program.name, passed: 0, failed: 0, calls: [], refused: [] };
	const clean = async () => {
		await program.stop?.();
		await place.close();
	};
	const forget = endingWith(clean);
	try {
		row.version = await versionOf(program, place);
		if (row.version === undefined && installs) {
			await install(program.packages, log);
			row.version = await versionOf(program, place);
		}
		if (row.version === undefined)
			log.fail(`${program.name} is not installed: skipped`, installLine(program.packages));
		else await runJobs(program, row, place, log);
		row.calls = [...place.cloudflare.calls];
		row.refused = [...new Set(place.proxy.refused)];
	} finally {
		forget();
		await clean();
	}
	return row;
}

/** Runs what is installed, and counts: a program that is not there is skipped, too many missing are a failure. */
export async function runClients(order: Order): Promise<Count> {
	const { log, only } = order;
	const wanted = wantedPrograms(only);
	const closed = 'the programs reach the stand-in as api.cloudflare.com, and nothing else';
	log.step(closed);
	await checkClosed();
	log.done(closed);

	const rows: Row[] = [];
	for (const program of wanted) rows.push(await runProgram(program, order));
	process.stdout.write(`${tableOf(rows)}\n`);
	const sum = (key: 'passed' | 'failed') => rows.reduce((total, row) => total + row[key], 0);
	const ran = wanted.filter((_program, index) => rows[index].version !== undefined);
	const missing = wanted.filter((program) => !ran.includes(program));
	const few = tooFew(ran, missing, only.length > 0);
	if (few) log.fail(few.problem, few.whatToDo);
	const failed = sum('failed') + Number(few !== undefined);
	return { passed: sum('passed'), failed, skipped: missing.length };
}
