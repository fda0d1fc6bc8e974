import { InputError } from '../../../input/inputError';
import { oneOf } from '../../../input/values';
import type { Fields } from '../fields';
import type { ActionParts, RuleAction } from './ruleAction';

const skippablePhases = [
	'http_ratelimit',
	'http_request_firewall_managed',
	'http_request_sbfm',
] as const;
const skippableProducts = [
	'bic',
	'hot',
	'rateLimit',
	'securityLevel',
	'uaBlock',
	'waf',
	'zoneLockdown',
] as const;

const listOf = (value: unknown): unknown[] =>
	Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value];

function readSkip(fields: Fields): ActionParts {
	const phases = listOf(fields.value('skipPhases', [])).map((phase) =>
		oneOf(phase, skippablePhases, 'Skip Phases'),
	);
	const products = listOf(fields.value('skipProducts', [])).map((product) =>
		oneOf(product, skippableProducts, 'Skip Products'),
	);
	const rules = oneOf(
		fields.value('skipRules', 'none'),
		['none', 'ruleset', 'phase'],
		'Skip Rules',
	);
	if (rules === 'phase' && fields.scopeKind() === 'account') {
		throw new InputError(
			'Skip Rules',
			'All Rules of the Phase (phase) was chosen, which rules of an account cannot have',
			'All Remaining Custom Rules (ruleset) or None (none), or Scope Zone',
		);
	}
	const parameters = {
		...(rules === 'none' ? {} : { [rules]: 'current' }),
		...(phases.length > 0 ? { phases } : {}),
		...(products.length > 0 ? { products } : {}),
	};
	if (Object.keys(parameters).length === 0) {
		throw new InputError(
			'Action',
			'Skip was chosen, but nothing to skip',
			'A choice in Skip Rules, Skip Phases or Skip Products',
		);
	}
	return {
		action_parameters: parameters,
		logging: { enabled: fields.flag('logMatches', true) },
	};
}

export const skip: RuleAction = {
	value: 'skip',
	name: 'Skip',
	description: 'Let the request pass other protections',
	fields: [
		{
			displayName: 'Skip Rules',
			name: 'skipRules',
			type: 'options',
			options: [
				{
					name: 'All Rules of the Phase',
					value: 'phase',
					description: 'Also those of other rulesets that run in this phase. Only for a zone.',
				},
				{ name: 'All Remaining Custom Rules', value: 'ruleset' },
				{ name: 'None', value: 'none' },
			],
			default: 'ruleset',
			description: 'Which custom rules the request passes',
		},
		{
			displayName: 'Skip Phases',
			name: 'skipPhases',
			type: 'multiOptions',
			options: [
				{ name: 'Managed Rules', value: 'http_request_firewall_managed' },
				{ name: 'Rate Limiting Rules', value: 'http_ratelimit' },
				{ name: 'Super Bot Fight Mode', value: 'http_request_sbfm' },
			],
			default: [],
			description: 'Later phases that the request passes',
		},
		{
			displayName: 'Skip Products',
			name: 'skipProducts',
			type: 'multiOptions',
			options: [
				{ name: 'Browser Integrity Check', value: 'bic' },
				{ name: 'Hotlink Protection', value: 'hot' },
				{ name: 'Rate Limiting (Previous Version)', value: 'rateLimit' },
				{ name: 'Security Level', value: 'securityLevel' },
				{ name: 'User Agent Blocking', value: 'uaBlock' },
				{ name: 'WAF Managed Rules (Previous Version)', value: 'waf' },
				{ name: 'Zone Lockdown', value: 'zoneLockdown' },
			],
			default: [],
			description: 'Other products that the request passes',
		},
		{
			displayName: 'Log Matching Requests',
			name: 'logMatches',
			type: 'boolean',
			default: true,
			description: 'Whether requests that skip protections appear in the security events',
		},
	],
	read: readSkip,
	ownParameters: ['ruleset', 'phase', 'phases', 'products'],
};
