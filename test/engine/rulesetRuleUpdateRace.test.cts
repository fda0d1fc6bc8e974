import { serveHttp, type HttpFront } from '../../sandbox/fronts/http.cjs';
import { jsonOf, runNode, useCloudflare } from '../support/nodeTest.cjs';
import { runElsewhere } from '../support/otherProcess.cjs';
import {
	byRef,
	com,
	comparable,
	ruleNamed,
	ruleOutput,
	ruleParameters,
	written,
} from '../support/ruleOperations.cjs';
import { holdEntryPoint, rulesOf } from '../support/rulesets.cjs';

const cf = useCloudflare();

let front: HttpFront;
beforeAll(async () => {
	front = await serveHttp(cf);
});
afterAll(async () => await front.close());

type Fields = Record<string, unknown>;
const update = (updateFields: Fields) =>
	ruleParameters('update', { rule: byRef('block_scanners'), updateFields });

const changes: Fields[] = [
	{ enabled: false },
	{ description: 'Scanners of case 4711' },
	{ action: { action: { ruleAction: 'managed_challenge' } } },
	{ expression: 'ip.src eq 192.0.2.1' },
];
const wanted = {
	enabled: false,
	description: 'Scanners of case 4711',
	action: 'managed_challenge',
	expression: 'ip.src eq 192.0.2.1',
};

describe('Ruleset Rule: Update, several at the same time', () => {
	test.each([2, 3, 4])(
		'%i runs that change different fields of a rule: nothing is lost',
		async (count) => {
			for (let round = 1; round <= 8; round += 1) {
				cf.reset();
				const others = structuredClone(rulesOf(cf, com).slice(0, 2));
				holdEntryPoint(cf, com, count);
				const runs = await Promise.all(
					changes
						.slice(0, count)
						.map((fields, number) =>
							runNode({ parameters: update(fields), executionId: `run-${number}`, waits: 'real' }),
						),
				);
				const rule = rulesOf(cf, com)[2];
				expect(rule).toMatchObject(Object.fromEntries(Object.entries(wanted).slice(0, count)));
				expect(rulesOf(cf, com).slice(0, 2)).toEqual(others);
				// Each reports its own change.
				const changed = runs.map((each) => jsonOf(each)[0].changed);
				expect(changed).toEqual(
					[['enabled'], ['description'], ['action'], ['expression']].slice(0, count),
				);
			}
		},
		60_000,
	);

	test('in two processes', async () => {
		holdEntryPoint(cf, com, 2);
		await Promise.all(
			changes.slice(0, 2).map(async (fields, number) => {
				const runs = [{ parameters: update(fields), executionId: `process-${number}` }];
				await runElsewhere({ sandbox: front.url, runs });
			}),
		);
		expect(ruleNamed(cf, 'case 4711')).toMatchObject({ enabled: false, ref: 'block_scanners' });
	}, 120_000);

	test('what somebody else changed in between stays when this change is undone', async () => {
		holdEntryPoint(cf, com, 2);
		const [first, second] = await Promise.all(
			changes
				.slice(0, 2)
				.map((fields, number) =>
					runNode({ parameters: update(fields), executionId: `run-${number}`, waits: 'real' }),
				),
		);
		const later = [first, second]
			.map((each) => jsonOf(each)[0])
			.sort((one, other) => Number(one.version) - Number(other.version))[1];
		await ruleOutput(
			'update',
			{ rule: '={{ $json.id }}', defineBy: 'definition', definition: '={{ $json.previous }}' },
			{ items: [later] },
		);
		const isDescription = (later.changed as string[]).includes('description');
		expect(rulesOf(cf, com)[2]).toMatchObject(
			isDescription
				? { enabled: false, description: 'Block scanners' }
				: { enabled: true, description: wanted.description },
		);
	});
});

describe.each([
	['429', { kind: 'rateLimited' }],
	['500', { kind: 'status', status: 500 }],
	['a connection cut before the effect', { kind: 'cutBefore' }],
	['a connection cut after the effect', { kind: 'cutAfter' }],
	['broken JSON', { kind: 'truncatedJson' }],
] as const)('Ruleset Rule: %s', (_what, fault) => {
	test.each(['PATCH', 'GET'])('at the %s of an update does no harm', async (method) => {
		const before = comparable(structuredClone(rulesOf(cf, com)));
		const old = structuredClone(written(ruleNamed(cf, 'scanners')));
		const path = /\/rulesets\//;
		cf.faults.add({ ...fault, match: { method, path } });
		const item = await ruleOutput('update', {
			rule: byRef('block_scanners'),
			updateFields: changes[0],
		});
		expect(item).toMatchObject({ enabled: false, changed: ['enabled'] });
		expect(item.previous).toMatchObject(old);
		const after = comparable(rulesOf(cf, com)) as Fields[];
		expect(after).toEqual(
			before.map((rule, index) => (index === 2 ? { ...(rule as Fields), enabled: false } : rule)),
		);
	});

	test.each(['DELETE', 'GET'])('at the %s of a deletion does no harm', async (method) => {
		const old = structuredClone(rulesOf(cf, com));
		cf.faults.add({ ...fault, match: { method, path: /\/rulesets\// } });
		const item = await ruleOutput('delete', { rule: byRef('block_scanners') });
		expect(item).toMatchObject({ deleted: true, rule: old[2] });
		expect(rulesOf(cf, com)).toEqual(old.slice(0, 2));
	});
});

test('a PATCH that does not get through is an error, and changes nothing', async () => {
	const before = structuredClone(rulesOf(cf, com));
	cf.faults.add({ kind: 'cutBefore', times: 10, match: { method: 'PATCH' } });
	const { error } = await runNode({ parameters: update(changes[0]) });
	expect(error?.message).toContain('Cloudflare could not be reached');
	expect(rulesOf(cf, com)).toEqual(before);
});

test.each(['PATCH', 'DELETE'])('a rule that is gone when the %s comes', async (method) => {
	const errors = [{ code: 10001, message: 'could not find rule' }];
	cf.faults.add({ kind: 'status', status: 404, errors, match: { method } });
	const rule = byRef('block_scanners');
	const operation = method === 'PATCH' ? 'update' : 'delete';
	const { items, error } = await runNode({
		parameters: ruleParameters(operation, { rule, updateFields: changes[0] }),
	});
	if (method === 'DELETE') expect(items[0].json.deleted).toBe(true);
	else expect(error?.message).toContain('somebody deleted the rule');
});
