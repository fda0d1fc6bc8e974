import type { ExpressionField, ValueType } from './expressionFields';

export type OperatorName =
	| 'eq'
	| 'ne'
	| 'in'
	| 'notIn'
	| 'inList'
	| 'notInList'
	| 'contains'
	| 'notContains'
	| 'startsWith'
	| 'endsWith'
	| 'wildcard'
	| 'strictWildcard'
	| 'matches'
	| 'notMatches'
	| 'lt'
	| 'le'
	| 'gt'
	| 'ge'
	| 'isTrue'
	| 'isFalse';

/**
 * How a comparison is written.
 * - `infix`: `field symbol value`
 * - `set`: `field in {value value}`
 * - `list`: `field in $list_name`
 * - `function`: `symbol(field, value)`, because starts_with and ends_with are functions, not operators
 * - `flag`: the boolean field alone
 */
export type OperatorShape = 'infix' | 'set' | 'list' | 'function' | 'flag';

export interface Operator {
	readonly name: OperatorName;
	readonly label: string;
	readonly types: readonly ValueType[];
	readonly shape: OperatorShape;
	/** The word in the rules language, without negation. */
	readonly symbol: string;
	/** The comparison is written with `not`. */
	readonly negated?: true;
	/** The word in the rules language that negates by itself. */
	readonly negatedSymbol?: string;
	/** Equality and sets: also for texts that are codes, and an empty text can mean something. */
	readonly exact?: true;
	/** How the value is read: `text` as it is, `wildcard` with `*`, `regex` as a regular expression. */
	readonly pattern?: 'wildcard' | 'regex';
	/** Why Ignore Case cannot be used and what to do instead. */
	readonly caseAdvice?: string;
}

const COMPARABLE: readonly ValueType[] = ['ip', 'string', 'integer'];
const LISTED: readonly ValueType[] = ['ip', 'string', 'integer'];
const STRICT_WILDCARD_ADVICE = 'The operator Matches Wildcard, which ignores case';
const REGEX_ADVICE = 'Ignore Case off, and (?i) at the start of the regular expression';
const LIST_ADVICE = 'Ignore Case off: a list is compared as it is';

/**
 * Every operator, alphabetically by label. Cloudflare rules language: "Operators and grouping symbols". String order
 * (`lt` on texts) is left out: nobody filters requests by it, and it hides a wrong field.
 */
export const operators: readonly Operator[] = [
	{ name: 'contains', label: 'Contains', types: ['string'], shape: 'infix', symbol: 'contains' },
	{
		name: 'notContains',
		label: 'Does Not Contain',
		types: ['string'],
		shape: 'infix',
		symbol: 'contains',
		negated: true,
	},
	{
		name: 'ne',
		label: 'Does Not Equal',
		types: COMPARABLE,
		shape: 'infix',
		symbol: 'eq',
		negated: true,
		negatedSymbol: 'ne',
		exact: true,
	},
	{
		name: 'notMatches',
		label: 'Does Not Match Regular Expression',
		types: ['string'],
		shape: 'infix',
		symbol: 'matches',
		negated: true,
		pattern: 'regex',
		caseAdvice: REGEX_ADVICE,
	},
	{
		name: 'endsWith',
		label: 'Ends With',
		types: ['string'],
		shape: 'function',
		symbol: 'ends_with',
	},
	{ name: 'eq', label: 'Equals', types: COMPARABLE, shape: 'infix', symbol: 'eq', exact: true },
	{ name: 'gt', label: 'Greater Than', types: ['integer'], shape: 'infix', symbol: 'gt' },
	{ name: 'ge', label: 'Greater Than or Equal', types: ['integer'], shape: 'infix', symbol: 'ge' },
	{
		name: 'isFalse',
		label: 'Is False',
		types: ['boolean'],
		shape: 'flag',
		symbol: '',
		negated: true,
	},
	{ name: 'in', label: 'Is In', types: COMPARABLE, shape: 'set', symbol: 'in', exact: true },
	{
		name: 'inList',
		label: 'Is In List',
		types: LISTED,
		shape: 'list',
		symbol: 'in',
		caseAdvice: LIST_ADVICE,
	},
	{
		name: 'notIn',
		label: 'Is Not In',
		types: COMPARABLE,
		shape: 'set',
		symbol: 'in',
		negated: true,
		exact: true,
	},
	{
		name: 'notInList',
		label: 'Is Not In List',
		types: LISTED,
		shape: 'list',
		symbol: 'in',
		negated: true,
		caseAdvice: LIST_ADVICE,
	},
	{ name: 'isTrue', label: 'Is True', types: ['boolean'], shape: 'flag', symbol: '' },
	{ name: 'lt', label: 'Less Than', types: ['integer'], shape: 'infix', symbol: 'lt' },
	{ name: 'le', label: 'Less Than or Equal', types: ['integer'], shape: 'infix', symbol: 'le' },
	{
		name: 'matches',
		label: 'Matches Regular Expression',
		types: ['string'],
		shape: 'infix',
		symbol: 'matches',
		pattern: 'regex',
		caseAdvice: REGEX_ADVICE,
	},
	{
		name: 'wildcard',
		label: 'Matches Wildcard',
		types: ['string'],
		shape: 'infix',
		symbol: 'wildcard',
		pattern: 'wildcard',
	},
	{
		name: 'strictWildcard',
		label: 'Matches Wildcard (Case-Sensitive)',
		types: ['string'],
		shape: 'infix',
		symbol: 'strict wildcard',
		pattern: 'wildcard',
		caseAdvice: STRICT_WILDCARD_ADVICE,
	},
	{
		name: 'startsWith',
		label: 'Starts With',
		types: ['string'],
		shape: 'function',
		symbol: 'starts_with',
	},
];

/** The operators that can be used with a field, in the order of the table. */
export function operatorsFor(field: ExpressionField): readonly Operator[] {
	return operators.filter(
		({ types, shape, exact }) =>
			types.includes(field.type) &&
			(shape !== 'list' || field.list !== undefined) &&
			(field.codes === undefined || exact === true),
	);
}
