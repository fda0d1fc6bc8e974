import type { INodeProperties } from 'n8n-workflow';
import { showWhen } from '../../descriptions/show';
import { scopeFields } from '../../descriptions/targets';
import { oneOf } from '../../input/values';
import { phasesNamed } from '../../targets/phases';
import type { Rule } from '../../targets/ruleset';
import type { Item } from '../item';
import { rulesetFields } from '../ruleset/rulesetFields';
import { expressionInputs, readExpression } from './conditions';
import { checkForPhase, definitionFields, readDefinedBy, readDefinition } from './definitionField';
import type { PlaceWish } from './place';
import { readPosition } from './position';
import { rateLimitFields } from './rateLimit/rateLimitFields';
import { readRateLimit } from './rateLimit/readRateLimit';
import { actionFields, readAction } from './ruleActions';
import { countsRequests, rulePhases } from './ruleActions/phaseActions';
import { dryRunField, readDetails } from './ruleOptions';

const { choice, definition } = definitionFields({
	fields: 'Its parts are filled in below',
	definition: 'A whole rule, for example one that an earlier step changed or deleted',
});

/**
 * Fields that say everything about a rule.
 * @param ownField what stands between ruleset and rule
 * @param position the fields for its place
 * @param additional the collection of details
 */
export const ruleFields = ({
	ownFields = [],
	position,
	additional,
}: {
	ownFields?: INodeProperties[];
	position: INodeProperties[];
	additional: INodeProperties;
}): INodeProperties[] => [
	...scopeFields,
	...rulesetFields(phasesNamed(...rulePhases), { phaseOfRuleset: true }),
	...ownFields,
	choice,
	definition,
	...showWhen({ defineBy: ['fields'] }, [
		...actionFields,
		...expressionInputs,
		...rateLimitFields,
		...position,
		additional,
	]),
	dryRunField,
];

/** A rule as the form says it. */
export interface WantedRule {
	definition: Rule;
	phase: string;
	position?: PlaceWish;
}

function readFields(item: Item, phase: string, untouched: 'keep' | 'last'): WantedRule {
	const action = readAction(item, phase);
	const expression = readExpression(item);
	return {
		definition: {
			...action,
			expression,
			...(countsRequests(phase, action.action)
				? { ratelimit: readRateLimit(item, action.action) }
				: {}),
			description: '',
			enabled: true,
			...readDetails(item.collection('additionalFields'), item.scopeKind()),
		},
		phase,
		position: readPosition(item, untouched),
	};
}

/**
 * Sends nothing.
 * @param untouched where the rule goes when nobody chose a place
 * @throws InputError when a field holds something that is no use
 */
export function readWantedRule(item: Item, untouched: 'keep' | 'last'): WantedRule {
	const phase = oneOf(item.value('phase', rulePhases[0]), rulePhases, 'Phase');
	if (readDefinedBy(item) === 'fields') return readFields(item, phase, untouched);
	const whole = readDefinition(item);
	checkForPhase(whole.definition, phase, { scope: item.scopeKind(), field: 'Definition' });
	return { ...whole, phase };
}
