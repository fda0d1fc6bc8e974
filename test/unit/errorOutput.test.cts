import type { INode, INodeExecutionData } from 'n8n-workflow';
import { toErrorOutput } from '../../nodes/CloudflareSecurity/actions/errorOutput';

const node = (onError: INode['onError']) => ({ name: 'Node', onError }) as INode;
const failed = { json: { error: 'no', details: { kind: 'invalid' } }, pairedItem: { item: 0 } };
const items: INodeExecutionData[] = [
	failed,
	{ json: { error: 'no' }, pairedItem: { item: 1 } },
	{ json: { error: 'no', id: '1' }, pairedItem: { item: 2 } },
	{ json: { error: { code: 1 } }, pairedItem: { item: 3 } },
	{ json: {}, pairedItem: { item: 4 } },
];

test.each([
	['an n8n that takes error and details for an error', 'continueErrorOutput', true],
	['an older n8n without an error output', 'continueRegularOutput', false],
	['an older n8n that stops', undefined, false],
] as const)('%s gets the items as they are', (_host, onError, knowsDetails) => {
	expect(toErrorOutput(node(onError), items, knowsDetails)).toBe(items);
});

test('an older n8n is told which items are errors', () => {
	const told = toErrorOutput(node('continueErrorOutput'), items, false);
	expect(told.map(({ error }) => error?.message)).toEqual([
		'no',
		'no',
		...Array(3).fill(undefined),
	]);
	expect(told.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual(items);
	expect(failed).not.toHaveProperty('error');
});

test('this n8n takes error and details for an error', () => {
	expect(toErrorOutput(node('continueErrorOutput'), items)).toBe(items);
});
