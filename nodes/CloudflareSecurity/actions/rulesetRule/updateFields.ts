import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { filledText, yesOrNo } from '../../input/values';
import { RATE_LIMIT_PHASE } from '../../targets/phases';
import type { Rule } from '../../targets/ruleset';
import type { ScopeKind } from '../../targets/scope';
import type { Item } from '../item';
import type { Change } from './changeRule';
import { expressionChangeFields, readExpressionChange } from './conditions';
import { membersOf } from './fields';
import type { PlaceWish } from './place';
import { positionFields, readPosition } from './position';
import { rateLimitChangeFields } from './rateLimit/rateLimitFields';
import { readRateLimitChange, type RateLimitChange } from './rateLimit/readRateLimit';
import { nestedActionFields, readAction, withAction, type ActionChoice } from './ruleActions';
import { checkAction, countsRequests } from './ruleActions/phaseActions';
import { detailFields, readDetails } from './ruleOptions';

const FIELD = 'Update Fields';

const groups: INodeProperties[] = [
	{
		displayName: 'Action',
		name: 'action',
		type: 'fixedCollection',
		placeholder: 'Add Action',
		default: {},
		description:
			'What happens to a matching request. When the action stays the same, parameters that are not given here stay too, such as a custom response.',
		options: [{ displayName: 'Action', name: 'action', values: nestedActionFields }],
	},
	{
		displayName: 'Log Matching Requests',
		name: 'logging',
		type: 'boolean',
		default: true,
		description: 'Whether matching requests appear in the security events. For the action Skip.',
	},
	{
		displayName: 'Position',
		name: 'position',
		type: 'fixedCollection',
		placeholder: 'Add Position',
		default: {},
		description: 'Where the rule stands in the order in which rules run',
		options: [{ displayName: 'Position', name: 'position', values: positionFields }],
	},
];

export const updateFields: INodeProperties = {
	displayName: FIELD,
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What changes; everything else of the rule stays as it is',
	options: [...groups, ...expressionChangeFields, ...detailFields, ...rateLimitChangeFields].sort(
		(one, other) => one.displayName.localeCompare(other.displayName, 'en'),
	),
};

/** What shall change, before it is known how the rule looks. */
interface Wish {
	scope: ScopeKind;
	action?: ActionChoice;
	/** Members that replace those of the rule. */
	members: Rule;
	rateLimit?: RateLimitChange;
	position?: PlaceWish;
}

type Members = Readonly<Record<string, unknown>>;

/** The content of a group. @throws InputError when it was added and left empty */
function groupOf(fields: Members, name: string, member: string, label: string): unknown {
	const group = (fields[name] ?? {}) as Members;
	if (group[member] !== undefined) return group[member];
	throw new InputError(
		`${FIELD} → ${label}`,
		'nothing was chosen',
		'A choice; or remove this field',
	);
}

function readWish(item: Item): Wish {
	const fields = item.collection('updateFields');
	const has = (name: string) => Object.hasOwn(fields, name);
	if (Object.keys(fields).length === 0) {
		throw new InputError(FIELD, 'nothing was added', 'At least one field to change');
	}
	const scope = item.scopeKind();
	// An expression that gives nothing must not clear it.
	if (has('description') && fields.description !== '') {
		filledText(fields.description, 'Description', 'A text; an empty one takes it away');
	}
	if (has('exposedCredentialCheck')) {
		groupOf(fields, 'exposedCredentialCheck', 'check', 'Exposed Credential Check');
	}
	const expression = readExpressionChange(fields);
	const rateLimit = readRateLimitChange(fields);
	return {
		scope,
		...(has('action')
			? { action: readAction(membersOf(item, groupOf(fields, 'action', 'action', 'Action'))) }
			: {}),
		members: {
			...(expression === undefined ? {} : { expression }),
			...readDetails(fields, scope),
			...(has('logging')
				? { logging: { enabled: yesOrNo(fields.logging, 'Log Matching Requests') } }
				: {}),
		},
		...(rateLimit ? { rateLimit } : {}),
		...(has('position')
			? {
					position: readPosition(
						membersOf(item, groupOf(fields, 'position', 'position', 'Position')),
					),
				}
			: {}),
	};
}

const noLimit = (problem: string) =>
	new InputError(
		FIELD,
		`${problem} has no rate limit`,
		'No field of a rate limit, or a rate limiting rule',
	);

/** @throws InputError when the wish does not fit the rule */
function applied(rule: Rule, { action, members, rateLimit }: Wish, phase: string): Rule {
	const changed = { ...(action ? withAction(rule, action) : rule), ...members };
	const counts = countsRequests(phase, changed.action);
	if (rateLimit && !counts) throw noLimit(`a rule with the action ${changed.action}`);
	const { ratelimit, ...others } = changed;
	if (!counts) return others;
	return { ...others, ratelimit: rateLimit ? rateLimit(ratelimit) : ratelimit };
}

/** Sends nothing. @throws InputError when nothing shall change, or a field cannot be used whatever the rule is */
export function readUpdate(item: Item): (phase: string) => Change {
	const wish = readWish(item);
	const { scope, action, rateLimit, position } = wish;
	return (phase) => {
		if (action) checkAction(action.action, phase, scope, 'Action');
		if (rateLimit && phase !== RATE_LIMIT_PHASE) throw noLimit(`a rule of the phase ${phase}`);
		return { apply: (rule) => applied(rule, wish, phase), ...(position ? { position } : {}) };
	};
}
