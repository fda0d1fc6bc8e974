/** Every field of the action node, filled with what is hostile or just wrong. */
import { deepCopy } from 'n8n-workflow';
import {
	countFields,
	fieldsOf,
	formOf,
	isSelector,
	setAt,
	showing,
	valueAt,
	type Field,
	type Parameters,
} from '../support/fuzz/fields.cjs';
import { hostileFor, saidBy } from '../support/fuzz/hostile.cjs';
import type { LightRun } from '../support/fuzz/lightHost.cjs';
import {
	builtShapes,
	checkRun,
	expressionsRead,
	kindOf,
	type Meant,
	type Problem,
} from '../support/fuzz/oracle.cjs';
import { FUZZ_RUNS, isWanted, Report } from '../support/fuzz/plan.cjs';
import {
	Bench,
	description,
	isWrite,
	KnownRoutes,
	useSmallCloudflare,
	watchRejections,
	type ReadyRun,
} from '../support/fuzz/standIn.cjs';
import { blockRule } from '../support/createRule.cjs';
import { operationRuns, type OperationRun } from '../support/operationRuns/index.cjs';

const bench = new Bench(useSmallCloudflare());
const routes = new KnownRoutes();
const rejections = watchRejections();
const report = new Report('text fields', 'fields');
const fields = fieldsOf(description.properties);
const ready: ReadyRun[] = [];

/** Rules whose condition takes any text; those of the catalogue take addresses. */
const byText: OperationRun[] = ['create', 'upsert'].map((operation) => ({
	resource: 'rulesetRule',
	operation,
	what: 'by text',
	prepare: () => {
		const condition = [{ field: 'http.user_agent', operator: 'contains', values: 'bot' }];
		return {
			parameters: { ...blockRule({ conditions: { condition } }), operation, ref: 'case_42' },
		};
	},
}));

beforeAll(async () => {
	for (const run of [...operationRuns, ...byText]) {
		const one = await bench.ready(run);
		const { sent, error } = await bench.execute(one.parameters);
		if (error) throw error;
		routes.add(run, sent);
		ready.push(one);
	}
	const isByText = ({ run }: ReadyRun) => byText.includes(run);
	ready.sort((a, b) => Number(isByText(b)) - Number(isByText(a)) || a.cost - b.cost);
}, 120_000);
afterAll(() => report.print());

/** The cheapest run of its operation in which the form shows the field, best with a value in it. */
function runWith(field: Field): { run: ReadyRun; parameters: Parameters } | undefined {
	const form = formOf(description, field.resource, field.operation);
	const isOwn = ({ run }: ReadyRun) =>
		isSelector(field) || (run.resource === field.resource && run.operation === field.operation);
	const own = ready.filter(isOwn);
	const filled = own.filter(({ parameters }) => valueAt(parameters, field.path) !== undefined);
	for (const run of [...filled, ...own]) {
		if (isSelector(field)) return { run, parameters: run.parameters };
		const parameters = showing(field, run.parameters, form);
		if (parameters) return { run, parameters };
	}
	return undefined;
}

/** What says how an expression is built is no value in it. */
const SHAPING = ['field', 'operator', 'ignoreCase', 'combine', 'name'];

async function tryOn(
	field: Field,
	{ run, parameters }: { run: ReadyRun; parameters: Parameters },
): Promise<void> {
	await bench.ready(run.run);
	const usual = valueAt(parameters, field.path);
	const clean = await bench.execute(parameters);
	const shapes = builtShapes(clean);
	for (const hostile of hostileFor(field.name, usual)) {
		await bench.ready(run.run);
		const given = deepCopy(parameters);
		setAt(given, field.path, hostile.make());
		const outcome = await bench.execute(given);
		const read = expressionsRead(outcome);
		const meant: Meant = {
			isAllowed: (route) => routes.allows(run.run, route),
			isGiven: (expression) =>
				field.isStructured ||
				read.has(expression) ||
				(field.property.name === 'expression' && expression === String(hostile.make()).trim()),
			...(shapes.size === 0 || SHAPING.includes(String(field.path.at(-1))) ? {} : { shapes }),
			isStructured: field.isStructured,
		};
		report.add(field.name, hostile, [
			...checkRun(outcome, meant, saidBy(hostile)),
			...refusedLate(outcome),
			...rejections(),
		]);
	}
}

/** Bad input is told before anything is changed. */
function refusedLate({ error, sent }: LightRun<unknown>): Problem[] {
	if (kindOf(error) !== 'input' || !sent.some(isWrite)) return [];
	return [{ kind: 'crash', text: `refused after a change: ${(error as Error).message}` }];
}

test('every field gets its share', async () => {
	expect(fields).toHaveLength(countFields(description.properties));
	for (const field of fields.filter(({ name }) => isWanted(name))) {
		const found = runWith(field);
		if (!found) throw new Error(`No run shows ${field.name}`);
		await tryOn(field, found);
	}
	report.check();
	const missed = fields.filter(({ name }) => isWanted(name) && report.countOf(name) < FUZZ_RUNS);
	expect(missed).toEqual([]);
}, 3_600_000);
