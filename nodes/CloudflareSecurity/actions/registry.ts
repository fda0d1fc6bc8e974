import type { INodeProperties } from 'n8n-workflow';
import { showWhen } from '../descriptions/show';
import { accessApplication } from './accessApplication';
import { account } from './account';
import { alertHistory } from './alertHistory';
import { auditLog } from './auditLog';
import { connection } from './connection';
import { dnsRecord } from './dnsRecord';
import { insight } from './insight';
import { ipAccessRule } from './ipAccessRule';
import { ipBlock } from './ipBlock';
import { ipList } from './ipList';
import type { Operation, Resource } from './operation';
import { ruleset } from './ruleset';
import { rulesetRule } from './rulesetRule';
import { zone } from './zone';

/** Every resource of the node, in the order of the selector: alphabetically. */
export const resources: readonly Resource[] = [
	accessApplication,
	account,
	alertHistory,
	auditLog,
	connection(() => resources),
	dnsRecord,
	ipAccessRule,
	ipBlock,
	ipList,
	ruleset,
	rulesetRule,
	insight,
	zone,
];

// Maps, so that a name such as __proto__ finds nothing.
const operations: ReadonlyMap<string, ReadonlyMap<string, Operation>> = new Map(
	resources.map((resource) => [
		resource.value,
		new Map(resource.operations.map((operation) => [operation.value, operation])),
	]),
);

export function findOperation(resource: unknown, operation: unknown): Operation | undefined {
	return operations.get(resource as string)?.get(operation as string);
}

function operationSelector({ value, operations: list }: Resource): INodeProperties {
	const first = list[0].value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: list.map(({ name, value: operation, action, description }) => ({
			name,
			value: operation,
			action,
			description,
		})),
		default: first,
	};
}

const mainResource = rulesetRule.value;

const resourceSelector: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources.map(({ name, value, description }) => ({ name, value, description })),
	default: mainResource,
};

/** The node's fields from the resource selector on. */
export const actionProperties: INodeProperties[] = [
	resourceSelector,
	...resources.flatMap((resource) => [
		operationSelector(resource),
		...resource.operations.flatMap(({ value, fields }) =>
			showWhen({ resource: [resource.value], operation: [value] }, fields),
		),
	]),
];
