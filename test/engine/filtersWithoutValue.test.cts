import type { INodeProperties } from 'n8n-workflow';
import { resources } from '../../nodes/CloudflareSecurity/actions/registry';
import { callLines, runNode, useCloudflare } from '../support/nodeTest.cjs';
import { operationRuns } from '../support/operationRuns/index.cjs';

const cf = useCloudflare();

/** Empty means the account of the credential, which narrows. */
const MAY_BE_EMPTY = ['zone:getAll account'];

const filters = resources.flatMap(({ value: resource, operations }) =>
	operations.flatMap(({ value: operation, fields }) =>
		fields
			.filter(({ name, type }) => name === 'filters' && type === 'collection')
			.flatMap(({ options, displayOptions }) =>
				(options as INodeProperties[]).map((field) => ({
					operation: `${resource}:${operation}`,
					field,
					// An operation may have several collections, one for each choice of another field.
					shownWith: Object.fromEntries(
						Object.entries(displayOptions?.show ?? {}).map(([key, values]) => [key, values?.[0]]),
					),
				})),
			),
	),
);

/** As an expression without a value gives it. */
const nothing = ({ type }: INodeProperties): unknown =>
	type === 'resourceLocator'
		? { __rl: true, mode: 'id', value: '={{ $json.nothing }}' }
		: '={{ $json.nothing }}';

test('there are filters to try', () => {
	expect(filters.length).toBeGreaterThan(60);
});

test.each(
	filters
		.map((filter) => [filter.operation, filter.field.name, filter] as const)
		.filter(([operation, name]) => !MAY_BE_EMPTY.includes(`${operation} ${name}`)),
)('%s: the filter %s without a value is refused, not left out', async (operation, name, filter) => {
	const { field, shownWith } = filter;
	const run = operationRuns.find((each) => `${each.resource}:${each.operation}` === operation)!;
	const { parameters } = await run.prepare(cf);
	const { error, items } = await runNode({
		parameters: {
			authentication: 'token',
			...parameters,
			...shownWith,
			filters: { [name]: nothing(field) },
		},
	});
	// A label that n8n's lint wants for lists that are asked for; messages name the field without it.
	expect(error?.message).toContain(field.displayName.replace(/ Names? or IDs?$/, ''));
	expect(error?.context?.cloudflare).toMatchObject({ kind: 'input' });
	expect(items).toEqual([]);
	expect(callLines(cf)).toEqual([]);
});
