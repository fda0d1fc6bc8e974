import type { INodeProperties } from 'n8n-workflow';
import { RATE_LIMIT_PHASE } from '../../../targets/phases';
import { showWhen } from '../../../descriptions/show';
import { challenges } from '../ruleActions/phaseActions';
import { plainCharacteristics } from './characteristics';

export const labels = {
	period: 'Period',
	requests: 'Requests Per Period',
	timeout: 'Mitigation Timeout',
	counting: 'Counting Expression',
	origin: 'Requests to Origin Only',
} as const;

/** Source: Cloudflare docs, "Rate limiting parameters"; which of them a zone may use depends on its plan. */
const periods: ReadonlyArray<[seconds: number, name: string]> = [
	[10, '10 Seconds'],
	[15, '15 Seconds'],
	[20, '20 Seconds'],
	[30, '30 Seconds'],
	[40, '40 Seconds'],
	[45, '45 Seconds'],
	[60, '1 Minute'],
	[90, '1.5 Minutes'],
	[120, '2 Minutes'],
	[180, '3 Minutes'],
	[240, '4 Minutes'],
	[300, '5 Minutes'],
	[480, '8 Minutes'],
	[600, '10 Minutes'],
	[900, '15 Minutes'],
	[1200, '20 Minutes'],
	[1800, '30 Minutes'],
	[2400, '40 Minutes'],
	[3600, '1 Hour'],
	[65535, '65,535 Seconds'],
	[86400, '1 Day'],
];
export const knownPeriods: readonly number[] = periods.map(([seconds]) => seconds);

const characteristicsField: INodeProperties = {
	displayName: 'Count Requests By',
	name: 'characteristics',
	type: 'multiOptions',
	options: plainCharacteristics.map((each) => ({ ...each })),
	default: ['ip.src'],
	description:
		'What tells clients apart: each combination of values has a counter of its own. The data center, which Cloudflare requires, is added. The Free plan takes IP Address only.',
};

const periodField: INodeProperties = {
	displayName: labels.period,
	name: 'period',
	type: 'options',
	options: periods.map(([value, name]) => ({ name, value })),
	default: 10,
	description:
		'The time over which requests are counted. Plans have a maximum: Free 10 seconds, Pro 1 minute, Business 10 minutes.',
};

const requestsField: INodeProperties = {
	displayName: labels.requests,
	name: 'requestsPerPeriod',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 100,
	description: 'How many requests one client may make in the period before the action happens',
};

const timeoutField: INodeProperties = {
	displayName: labels.timeout,
	name: 'mitigationTimeout',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 10,
	description:
		'How many seconds the action goes on once the limit is reached. The Free plan takes 10, Pro up to 3600, Business up to 86400. 0 stops only what is above the limit (some Enterprise plans).',
};

const challengeTimeoutField: INodeProperties = {
	...timeoutField,
	default: 0,
	description:
		'How many seconds the action goes on once the limit is reached. Challenges take 0, because a client that solves one starts to count anew; only Enterprise may give another number.',
};

const optionalFields: INodeProperties[] = [
	{
		displayName: 'Cookie Names',
		name: 'cookieNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. session_id',
		description: 'Also count by the values of these cookies. Several with commas, or a list.',
	},
	{
		displayName: labels.counting,
		name: 'countingExpression',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. http.request.uri.path eq "/login" and http.response.code eq 401',
		description:
			'Which requests count, if not those that the rule matches. It may look at the response. Needs the Business plan or above.',
	},
	{
		displayName: 'Header Names',
		name: 'headerNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. x-api-key',
		description:
			'Also count by the values of these request headers. Several with commas, or a list. They are sent in small letters.',
	},
	{
		displayName: 'Query Argument Names',
		name: 'argumentNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. user',
		description:
			'Also count by the values of these query arguments. Several with commas, or a list.',
	},
	{
		displayName: labels.origin,
		name: 'requestsToOrigin',
		type: 'boolean',
		default: false,
		description: 'Whether only requests count that Cloudflare could not answer from its cache',
	},
];

/** For a rule that is new. */
export const rateLimitFields: INodeProperties[] = [
	...showWhen({ phase: [RATE_LIMIT_PHASE], ruleAction: ['block', ...challenges, 'log'] }, [
		characteristicsField,
		periodField,
		requestsField,
	]),
	...showWhen({ phase: [RATE_LIMIT_PHASE], ruleAction: ['block', 'log'] }, [timeoutField]),
	...showWhen({ phase: [RATE_LIMIT_PHASE], ruleAction: [...challenges] }, [challengeTimeoutField]),
	...showWhen({ phase: [RATE_LIMIT_PHASE], ruleAction: ['block', ...challenges, 'log'] }, [
		{
			displayName: 'Rate Limit Options',
			name: 'rateLimitOptions',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: optionalFields,
		},
	]),
];

/** Members of a collection that changes a rule. */
export const rateLimitChangeFields: INodeProperties[] = [
	characteristicsField,
	periodField,
	requestsField,
	{
		...timeoutField,
		description: `${timeoutField.description} Challenges take 0 below Enterprise.`,
	},
	...optionalFields,
];
