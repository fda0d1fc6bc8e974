import type { AccessApp, AccessPolicy } from '../access/types.cjs';
import { uuid } from './ids.cjs';

const MADE = '2025-06-11T08:15:00Z';
const CHANGED = '2026-03-19T14:02:41Z';
const GROUPS = {
	employees: { email_domain: { domain: 'example.com' } },
	administrators: { group: { id: uuid('access-group', 'administrators') } },
	office: { ip: { ip: '192.0.2.0/28' } },
	everyone: { everyone: {} },
	monitoring: { service_token: { token_id: uuid('service-token', 'monitoring') } },
	contractor: { email: { email: 'contractor@partner.example' } },
	strongSignIn: { auth_method: { auth_method: 'hwk' } },
	noSanctioned: { geo: { country_code: 'KP' } },
};

const rules = (
	name: string,
	decision: AccessPolicy['decision'],
	include: object[],
	more: Partial<AccessPolicy> = {},
) => ({ name, decision, include, exclude: [], require: [], ...more });
type Rules = ReturnType<typeof rules>;

export const POLICIES = {
	employees: rules('Employees', 'allow', [GROUPS.employees], { exclude: [GROUPS.noSanctioned] }),
	administrators: rules('Administrators', 'allow', [GROUPS.administrators], {
		require: [GROUPS.strongSignIn],
		session_duration: '1h',
		purpose_justification_required: true,
		purpose_justification_prompt: 'Which ticket is this for?',
	}),
	approved: rules('Contractors with approval', 'allow', [GROUPS.contractor], {
		approval_required: true,
		approval_groups: [{ approvals_needed: 1, email_addresses: ['lead@example.com'] }],
	}),
	monitoring: rules('Monitoring', 'non_identity', [GROUPS.monitoring]),
	office: rules('Office without sign-in', 'bypass', [GROUPS.office]),
	/** What an investigation looks for: the whole world may come in. */
	world: rules('Temporary: everybody', 'bypass', [GROUPS.everyone]),
	nobody: rules('Nobody else', 'deny', [GROUPS.everyone]),
};

const policyId = (app: string, name: string): string => uuid('access-policy', `${app}/${name}`);

/** The rules as policies of one application, in order of precedence. */
export const policiesOf = (app: string, ...given: Rules[]): AccessPolicy[] =>
	given.map((each, index) => ({
		id: policyId(app, each.name),
		precedence: index + 1,
		session_duration: null,
		approval_required: false,
		approval_groups: [],
		isolation_required: false,
		purpose_justification_required: false,
		reusable: false,
		created_at: MADE,
		updated_at: CHANGED,
		...each,
	}));

/** Policies of an infrastructure application name log-ins of the servers. Source: types of the SDK 7.3. */
export const infrastructurePolicies = (app: string, usernames: string[]): AccessPolicy[] => [
	{
		id: policyId(app, 'Operators'),
		...rules('Operators', 'allow', [GROUPS.administrators]),
		connection_rules: { ssh: { usernames, allow_email_alias: false } },
		created_at: MADE,
		updated_at: CHANGED,
	},
];

/** More policies than one page of the default size holds. */
export const manyPolicies = (app: string, count: number): AccessApp['policies'] =>
	policiesOf(
		app,
		...Array.from({ length: count }, (_, index) =>
			rules(`Partner ${String(index + 1).padStart(2, '0')}`, 'allow', [
				{ email_domain: { domain: `partner-${index + 1}.example` } },
			]),
		),
	);
