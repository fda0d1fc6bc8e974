import { simplifyField } from '../../descriptions/output';
import { applicationsPath, type Application } from '../../targets/accessApplication';
import { apiPath } from '../../transport/path';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import {
	applicationField,
	applicationScopeFields,
	policiesField,
	readApplicationId,
} from './applicationFields';
import { policiesOf, presentApplication } from './present';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get Access application',
	description:
		'Retrieve one Access application by its ID: what it protects and for how long a sign-in lasts, with its policies on choice',
	fields: [...applicationScopeFields, applicationField, simplifyField, policiesField],
	permission: {
		zone: permissions.accessZoneRead,
		account: permissions.accessAccountRead,
	},
	async execute(item) {
		const id = readApplicationId(item);
		const applications = applicationsPath(await item.scope());
		const { result } = await item.client.send<Application>({
			method: 'GET',
			path: apiPath`${applications}/${id}`,
			expect: 'object',
		});
		const policies = item.flag('includePolicies')
			? await policiesOf(item.client, applications, result)
			: undefined;
		return [presentApplication(result, { simplify: item.flag('simplify', true), policies })];
	},
};
