import { resources } from '../../nodes/CloudflareSecurity/actions/registry';
import { jsonOf, runNode, useCloudflare } from '../support/nodeTest.cjs';
import { nameOf, operationRuns } from '../support/operationRuns/index.cjs';

const cf = useCloudflare();

test('every operation is in the catalogue of runs, each run under a name of its own', () => {
	const operations = new Set(operationRuns.map((run) => `${run.resource}:${run.operation}`));
	expect(operations).toEqual(
		new Set(
			resources.flatMap(({ value, operations: own }) =>
				own.map((each) => `${value}:${each.value}`),
			),
		),
	);
	expect(new Set(operationRuns.map(nameOf)).size).toBe(operationRuns.length);
});

test.each(operationRuns.map((run) => [nameOf(run), run] as const))('%s', async (_name, run) => {
	const { parameters, items } = await run.prepare(cf);
	const result = await runNode({ parameters: { authentication: 'token', ...parameters }, items });
	expect(jsonOf(result)).not.toHaveLength(0);
});
