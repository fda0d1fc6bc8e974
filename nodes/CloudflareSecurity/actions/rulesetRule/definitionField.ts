import type { INodeProperties } from 'n8n-workflow';
import { checkExpression } from '../../firewall/expression';
import { InputError, shown } from '../../input/inputError';
import { filledText, oneOf, wholeNumber, yesOrNo } from '../../input/values';
import type { Rule } from '../../targets/ruleset';
import type { ScopeKind } from '../../targets/scope';
import { hexId } from '../../transport/path';
import type { Item } from '../item';
import { jsonObject } from '../jsonValue';
import { definitionOf } from './definition';
import { isMembers } from './fields';
import type { PlaceWish, Position } from './place';
import { checkRateLimit } from './rateLimit/readRateLimit';
import { checkAction, countsRequests } from './ruleActions/phaseActions';

const FIELD = 'Definition';

const definitionField: INodeProperties = {
	displayName: FIELD,
	name: 'definition',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '{}',
	placeholder: 'e.g. {{ $json.previous }}',
};

const choices = ['fields', 'definition'] as const;
export type DefinedBy = (typeof choices)[number];
const LABEL = 'Define Rule By';

/**
 * The choice between fields and a definition as a whole, and the definition.
 * @param texts what each of the two means for the operation
 */
export function definitionFields(texts: Record<DefinedBy, string>): {
	choice: INodeProperties;
	definition: INodeProperties;
} {
	return {
		choice: {
			displayName: LABEL,
			name: 'defineBy',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Definition (JSON)', value: 'definition', description: texts.definition },
				{ name: 'Fields', value: 'fields', description: texts.fields },
			],
			default: 'fields',
			description: 'How to say what the rule does',
		},
		definition: {
			...definitionField,
			description:
				"The rule as Cloudflare's API writes it, with action and expression, and with its position if it matters. Takes the previous or rule of an earlier step's output as it is. Sent as given: no values from outside sources belong into it.",
			displayOptions: { show: { defineBy: ['definition'] } },
		},
	};
}

export const readDefinedBy = (item: Item): DefinedBy =>
	oneOf(item.value('defineBy', 'fields'), choices, LABEL);

const at = (member: string) => `${FIELD} → ${member}`;

function readNeighbour(value: unknown, key: 'before' | 'after'): string {
	return value === '' ? '' : hexId(value, { field: at(`position → ${key}`) });
}

/** A number, one of the API's forms, or a remembered place that has several of them. */
function readPlace(value: unknown): PlaceWish | undefined {
	if (value === undefined || value === null) return undefined;
	const given = isMembers(value) ? value : { index: value };
	const wish: Position[] = [
		...('after' in given ? [{ after: readNeighbour(given.after, 'after') }] : []),
		...('before' in given ? [{ before: readNeighbour(given.before, 'before') }] : []),
		...('index' in given
			? [{ index: wholeNumber(given.index, { field: at('position'), min: 1 }) }]
			: []),
	];
	if (wish.length > 0) return wish;
	throw new InputError(
		at('position'),
		`got ${shown(value)}`,
		'A number from 1, or a record with before, after or index',
	);
}

function checkMembers(definition: Rule): void {
	for (const name of ['action_parameters', 'logging', 'ratelimit', 'exposed_credential_check']) {
		const value = definition[name];
		if (value === undefined || isMembers(value)) continue;
		throw new InputError(at(name), `got ${shown(value)}`, 'A JSON object');
	}
	for (const name of ['description', 'ref']) {
		const value = definition[name];
		if (value === undefined || typeof value === 'string') continue;
		throw new InputError(at(name), `got ${shown(value)}`, 'A text');
	}
}

export interface WholeDefinition {
	definition: Rule;
	position?: PlaceWish;
}

/** What this node's output has beside the members of a rule. */
const besides = { position: undefined, ruleset: undefined };

/** Sends nothing. @throws InputError when it is no definition of a rule */
export function readDefinition(item: Item): WholeDefinition {
	const given = jsonObject(item.value('definition', '{}'), FIELD);
	const written = definitionOf({ ...given, ...besides });
	const definition = {
		...written,
		action: filledText(written.action, at('action'), 'An action such as block'),
		expression: checkExpression(written.expression, at('expression')),
		...(written.enabled === undefined ? {} : { enabled: yesOrNo(written.enabled, at('enabled')) }),
	};
	checkMembers(definition);
	const place = readPlace(given.position);
	return { definition, ...(place ? { position: place } : {}) };
}

/** @throws InputError when rules of this phase cannot be defined so */
export function checkForPhase(
	{ action, ratelimit }: Rule,
	phase: string,
	{ scope, field }: { scope: ScopeKind; field: string },
): void {
	checkAction(action, phase, scope, `${field} → action`);
	if (countsRequests(phase, action)) {
		checkRateLimit(ratelimit, `${field} → ratelimit`);
	} else if (ratelimit !== undefined) {
		throw new InputError(
			`${field} → ratelimit`,
			`rules of the phase ${phase} with the action ${shown(action)} have none`,
			'A definition without ratelimit',
		);
	}
}
