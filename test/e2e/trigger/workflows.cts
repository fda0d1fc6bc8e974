import { addToken, seedIds } from '../../../sandbox/cloudflare/index.cjs';
import { inARow, passOn, type Node } from '../../../sandbox/editor/workflows.cjs';
import type { WorkflowInput } from '../../../sandbox/n8n/restClient.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';

export const TRIGGER = 'New Audit Events';
export const TRIGGER_ID = '3d1c7c0e-55a7-4c6e-9a0f-7a5d7f0b2e01';

type Credentials = Record<string, { id: string; name: string }>;

/** n8n refuses a schedule of less than a minute, but takes several of a minute each. */
export const everyQuarterMinute = (from = 0) => ({
	item: [0, 15, 30, 45].map((second) => ({
		mode: 'custom',
		cronExpression: `${second + from} * * * * *`,
	})),
});
export const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };

/** Makes a token of the sandbox and the credential with it. Recorded calls name the token as given. */
export async function makeCredential(
	{ cloudflare, n8n }: Sandbox,
	name: string,
	permissions = ['Account Settings Read', 'Zone Read'],
): Promise<Credentials> {
	const apiToken = addToken(cloudflare.state, { name, permissions });
	return {
		cloudflareSecurityTokenApi: await n8n.client.createCredential({
			name,
			type: 'cloudflareSecurityTokenApi',
			data: { apiToken, ownedBy: 'automatic', accountId: '', zoneId: '' },
		}),
	};
}

export const triggerNode = (
	credentials: Credentials,
	parameters: Record<string, unknown>,
): Node => ({
	id: TRIGGER_ID,
	name: TRIGGER,
	type: 'n8n-nodes-cloudflare-security.cloudflareSecurityTrigger',
	typeVersion: 1,
	parameters: {
		authentication: 'token',
		account: { __rl: true, mode: 'id', value: seedIds.mainAccount },
		triggerOn: ['everything'],
		source: 'v2',
		pollTimes: everyQuarterMinute(),
		...parameters,
	},
	credentials,
});

const alarm = passOn('Alarm');

/** Answers to a change in the zone with another one there. */
const blockIn = (zone: string, credentials: Credentials): Node => ({
	id: '3d1c7c0e-55a7-4c6e-9a0f-7a5d7f0b2e03',
	name: 'Block',
	type: 'n8n-nodes-cloudflare-security.cloudflareSecurity',
	typeVersion: 1,
	parameters: {
		authentication: 'token',
		resource: 'rulesetRule',
		operation: 'create',
		scope: 'zone',
		zone: { __rl: true, mode: 'id', value: zone },
		rulesetFrom: 'phase',
		phase: 'http_request_firewall_custom',
		ruleAction: 'block',
		expressionFrom: 'conditions',
		combine: 'and',
		conditions: {
			condition: [{ field: 'ip.src', operator: 'eq', values: '={{ $json.actor_ip }}' }],
		},
		position: 'last',
		additionalFields: { description: '=Answer to {{ $json.id }}' },
		options: {},
	},
	credentials,
});

export const watching = (
	name: string,
	credentials: Credentials,
	parameters: Record<string, unknown>,
	settings?: Record<string, unknown>,
): WorkflowInput => inARow(name, [triggerNode(credentials, parameters), alarm], settings);

/** What starts it is a change in the zone, and it makes one there itself. */
export const blocking = (
	name: string,
	credentials: Credentials,
	parameters: Record<string, unknown>,
	zone: string,
): WorkflowInput =>
	inARow(name, [triggerNode(credentials, parameters), alarm, blockIn(zone, credentials)]);

export const errorWorkflow: WorkflowInput = inARow('Failed Polls', [
	{
		id: '3d1c7c0e-55a7-4c6e-9a0f-7a5d7f0b2e04',
		name: 'Error',
		type: 'n8n-nodes-base.errorTrigger',
		typeVersion: 1,
		parameters: {},
	},
	alarm,
]);
