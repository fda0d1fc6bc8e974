import { invalid, invalidValue, type ErrorEntry } from '../errors.cjs';
import { parameterProblems } from './actionParameters.cjs';
import { allows, type RulesetContext } from './context.cjs';
import { expressionProblem } from './expressions.cjs';
import { PHASES } from './phases.cjs';
import { rateLimitProblems } from './rateLimit.cjs';
import { isObject, unknownKeys } from './shape.cjs';
import type { RuleDefinition } from './types.cjs';

// What an answer carries besides may be sent back; it changes nothing.
const READ_ONLY = ['id', 'version', 'last_updated', 'categories'];
const WRITABLE = [
	'action',
	'action_parameters',
	'expression',
	'description',
	'enabled',
	'ref',
	'logging',
	'ratelimit',
	'exposed_credential_check',
];

function actionProblems(
	rule: Record<string, unknown>,
	pointer: string,
	context: RulesetContext,
	phase: string,
): ErrorEntry[] {
	const { action, action_parameters: parameters } = rule;
	if (action === undefined) {
		const what = parameters === undefined ? 'a rule' : 'action parameters';
		return [invalid(`${pointer}/action`, `action is required for ${what}`)];
	}
	if (typeof action !== 'string' || !PHASES.get(phase)?.actions.includes(action))
		return [
			invalidValue(
				`${pointer}/action`,
				'action',
				action,
				`it is not allowed in the ${phase} phase`,
			),
		];
	if (action === 'log' && !allows(context, 'enterprise'))
		return [
			invalid(
				`${pointer}/action`,
				'not entitled to use the action log: an Enterprise plan is required',
			),
		];
	return parameterProblems(action, parameters, `${pointer}/action_parameters`, context, phase);
}

function typeProblems(rule: Record<string, unknown>, pointer: string): ErrorEntry[] {
	const wrong = (key: string, type: string) =>
		invalidValue(`${pointer}/${key}`, key, rule[key], `it must be ${type}`);
	const problems: ErrorEntry[] = [];
	for (const key of ['description', 'ref'])
		if (rule[key] !== undefined && typeof rule[key] !== 'string')
			problems.push(wrong(key, 'a string'));
	if (rule.enabled !== undefined && typeof rule.enabled !== 'boolean')
		problems.push(wrong('enabled', 'a boolean'));
	const { logging } = rule;
	if (logging !== undefined && !(isObject(logging) && typeof logging.enabled === 'boolean'))
		problems.push(wrong('logging', 'an object with the boolean enabled'));
	return problems;
}

/** Checks one rule of a body. Gives its definition with the defaults filled in, or what is wrong with it. */
export function validateRule(
	body: unknown,
	pointer: string,
	context: RulesetContext,
	phase: string,
): { definition: RuleDefinition } | { problems: ErrorEntry[] } {
	if (!isObject(body)) return { problems: [invalid(pointer || '/', 'a rule must be an object')] };
	const expression = expressionProblem(body.expression, `${pointer}/expression`, context);
	const problems = [
		...unknownKeys(body, [...WRITABLE, ...READ_ONLY, 'position'], pointer, 'the rule'),
		...actionProblems(body, pointer, context, phase),
		...(expression === undefined ? [] : [expression]),
		...typeProblems(body, pointer),
		...rateLimitProblems(body, pointer, context, phase),
	];
	if (problems.length > 0) return { problems };
	const written = Object.fromEntries(
		WRITABLE.filter((key) => body[key] !== undefined).map((key) => [key, body[key]]),
	) as Partial<RuleDefinition> & Pick<RuleDefinition, 'action'>;
	return {
		definition: {
			description: '',
			enabled: true,
			// Source: SDK 7.3: skip rules log unless told otherwise.
			...(written.action === 'skip' && { logging: { enabled: true } }),
			...written,
			ref: written.ref === '' ? undefined : written.ref,
		},
	};
}
