import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../nodes/CloudflareSecurity/actions/registry';
import { projectRoot } from '../support/engine/index.cjs';
import { parts } from '../faults/support/parts.cjs';
import { jsonOf, runNode, useCloudflare } from '../support/nodeTest.cjs';
import { nameOf, operationRuns } from '../support/operationRuns/index.cjs';

// By the clock that skipped waits move on: a fast machine would else be through with them before a list's operation is.
const cf = useCloudflare({ now: () => Date.now() });

const previews = join(projectRoot, 'nodes', 'CloudflareSecurity', '__schema__', 'v1.0.0');
const names = resources.flatMap(({ value, operations }) =>
	operations.map((operation) => [value, operation.value] as const),
);
/** The fields that the runs of an operation put out. */
const fields = new Map<string, Set<string>>();

test('every operation is in the catalogue of runs, each run under a name of its own', () => {
	const operations = new Set(operationRuns.map((run) => `${run.resource}:${run.operation}`));
	expect(operations).toEqual(new Set(names.map((name) => name.join(':'))));
	expect(new Set(operationRuns.map(nameOf)).size).toBe(operationRuns.length);
});

test('every run is tried with faults, in one of the parts', () => {
	const times = operationRuns.map((run) => {
		const inParts = Object.entries(parts).filter(([, holds]) => holds(run));
		return `${nameOf(run)}: ${inParts.map(([part]) => part).join(' and ')}`;
	});
	expect(times.filter((text) => !/: \w+$/.test(text))).toEqual([]);
	// A part without a file would be tried by nobody.
	const files = readdirSync(join(projectRoot, 'test', 'faults'));
	expect(files).toEqual(
		expect.arrayContaining(Object.keys(parts).map((part) => `${part}.test.cts`)),
	);
});

test.each(operationRuns.map((run) => [nameOf(run), run] as const))('%s', async (_name, run) => {
	const { parameters, items } = await run.prepare(cf);
	const result = await runNode({ parameters: { authentication: 'token', ...parameters }, items });
	const output = jsonOf(result);
	expect(output).not.toHaveLength(0);
	const operation = `${run.resource}:${run.operation}`;
	const known = [...(fields.get(operation) ?? []), ...output.flatMap((json) => Object.keys(json))];
	fields.set(operation, new Set(known));
});

test.each(names)('%s:%s has a preview of its output that promises nothing else', (...name) => {
	const text = readFileSync(join(previews, ...name.slice(0, 1), `${name[1]}.json`), 'utf8');
	const { properties } = JSON.parse(text) as { properties: object };
	expect(Object.keys(properties)).not.toEqual([]);
	expect(Object.keys(properties).filter((key) => !fields.get(name.join(':'))?.has(key))).toEqual(
		[],
	);
});
