import { blockRule, fromAddress } from '../support/createRule.cjs';
import { hasFeature } from '../support/engine/index.cjs';
import { locator, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { rulesOf } from '../support/rulesets.cjs';

const cf = useCloudflare();

const com = seedIds.zones['example.com'];
const parameters = blockRule({
	zone: locator('id', com),
	conditions: fromAddress('={{ $json.ip }}'),
});
const items = [{ ip: '198.51.100.1' }, { ip: 'not-an-address' }, { ip: '198.51.100.3' }];
const message =
	'Conditions → Condition 1 → Value: "not-an-address" is no IP address, CIDR or range';
const errorItem = {
	error: message,
	details: {
		kind: 'input',
		field: 'Conditions → Condition 1 → Value',
		help: expect.stringContaining('troubleshooting.md#messages-about-a-field') as string,
		description: expect.stringContaining('Expected: An address such as 192.0.2.7') as string,
	},
};
const createdFor = () =>
	rulesOf(cf, com)
		.slice(3)
		.map(({ expression }) => expression);

describe('One bad item among good ones', () => {
	test('stops the run where it is', async () => {
		const { error, status } = await runNode({ parameters, items });
		expect(status).toBe('error');
		expect(error).toMatchObject({ message, context: { itemIndex: 1 } });
		expect(createdFor()).toEqual(['ip.src in {198.51.100.1}']);
	});

	test('Continue: becomes one linked error item, and the others go on', async () => {
		const result = await runNode({ parameters, items, onError: 'continueRegularOutput' });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([
			{ json: expect.objectContaining({ created: true }) as object, pairedItem: { item: 0 } },
			{ json: errorItem, pairedItem: { item: 1 } },
			{ json: expect.objectContaining({ created: true }) as object, pairedItem: { item: 2 } },
		]);
		expect(createdFor()).toEqual(['ip.src in {198.51.100.1}', 'ip.src in {198.51.100.3}']);
	});

	test('Continue (using error output): goes to the error output with its input', async () => {
		const result = await runNode({ parameters, items, onError: 'continueErrorOutput' });
		expect(result.error).toBeUndefined();
		expect(result.outputs).toHaveLength(2);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
		]);
		if (hasFeature['details at error outputs'])
			expect(result.outputs[1]).toEqual([
				{ json: { ip: 'not-an-address', ...errorItem }, pairedItem: { item: 1 } },
			]);
		// Some older ones keep the details, some drop them.
		expect(result.outputs[1]).toHaveLength(1);
		expect(result.outputs[1][0]).toMatchObject({
			json: { error: message },
			pairedItem: { item: 1 },
		});
		expect(createdFor()).toEqual(['ip.src in {198.51.100.1}', 'ip.src in {198.51.100.3}']);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		"%s: a refusal of the API is an error item with the API's facts",
		async (onError) => {
			const errors = [
				{ code: 20125, message: "'x' is not a valid value", source: { pointer: '/x' } },
			];
			cf.faults.add({ kind: 'status', status: 400, errors, match: { method: 'POST' } });
			const good = [{ ip: '198.51.100.1' }, { ip: '198.51.100.2' }];
			const { outputs } = await runNode({ parameters, items: good, onError });
			const output = onError === 'continueErrorOutput' ? outputs[1] : outputs[0];
			expect(output[0]).toMatchObject({
				json: {
					error: expect.stringContaining("'x' is not a valid value (code 20125) at /x") as string,
					...(onError === 'continueRegularOutput' || hasFeature['details at error outputs']
						? {
								details: { kind: 'invalid', status: 400, errors: [{ code: 20125, pointer: '/x' }] },
							}
						: {}),
				},
				pairedItem: { item: 0 },
			});
			expect(createdFor()).toEqual(['ip.src in {198.51.100.2}']);
		},
	);

	test('a zone that is not there fails for its items only, and is looked for once', async () => {
		const result = await runNode({
			parameters: {
				resource: 'zone',
				operation: 'get',
				zone: locator('name', '={{ $json.zone }}'),
			},
			items: ['example.com', 'nowhere.example', 'example.com', 'nowhere.example'].map((zone) => ({
				zone,
			})),
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ json }) => json.name ?? 'error' in json)).toEqual([
			'example.com',
			true,
			'example.com',
			true,
		]);
		expect(cf.calls.filter(({ path }) => path === '/zones')).toHaveLength(2);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: all items bad',
		async (onError) => {
			const { outputs } = await runNode({
				parameters,
				items: [{ ip: '' }, { ip: 'x' }, {}],
				onError,
			});
			const failed = onError === 'continueErrorOutput' ? outputs[1] : outputs[0];
			expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
			expect(cf.calls).toEqual([]);
		},
	);
});
