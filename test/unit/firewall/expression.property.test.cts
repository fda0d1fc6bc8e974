import fc from 'fast-check';
import {
	buildExpression,
	expressionFields,
	operators,
	operatorsFor,
	type Condition,
	type ExpressionField,
	type OperatorName,
} from '../../../nodes/CloudflareSecurity/firewall/expression';
import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import { nastyText, nastyValue } from '../../support/nastyText.cjs';
import { readExpression, type Node, type Value } from '../../support/rulesLanguageReader.cjs';

const RUNS = { numRuns: 3000 };

/** The expression, or undefined when the input was refused as it should be; any other failure is a failure. */
function build(
	conditions: readonly Condition[],
	combine: 'and' | 'or' = 'and',
): string | undefined {
	try {
		return buildExpression(conditions, combine);
	} catch (error) {
		if (error instanceof InputError) return undefined;
		throw error;
	}
}

const freeTextFields = expressionFields.filter(({ type, codes }) => type === 'string' && !codes);
const plainTextFields = freeTextFields.filter(({ named }) => !named);
const namedFields = freeTextFields.filter(({ named }) => named);

const ONE_TEXT: readonly OperatorName[] = [
	'eq',
	'ne',
	'contains',
	'notContains',
	'startsWith',
	'endsWith',
	'wildcard',
	'strictWildcard',
	'matches',
	'notMatches',
];
const WORDS: Partial<Record<OperatorName, string>> = {
	eq: 'eq',
	ne: 'ne',
	contains: 'contains',
	notContains: 'contains',
	startsWith: 'starts_with',
	endsWith: 'ends_with',
	wildcard: 'wildcard',
	strictWildcard: 'strict wildcard',
	matches: 'matches',
	notMatches: 'matches',
};
const NEGATIVE: readonly OperatorName[] = ['notContains', 'notMatches'];

/** What a user means by one text condition, written down without looking at how it is built. */
function meant(field: ExpressionField, operator: OperatorName, text: string, key?: string): Node {
	const subject = {
		field: field.name,
		type: 'string' as const,
		lower: false,
		each: key !== undefined,
		...(key === undefined ? {} : { key }),
	};
	const value: Value = {
		kind: 'string',
		value: text,
		raw: operator.toLowerCase().endsWith('matches'),
	};
	const leaf = (word: string): Node =>
		word.endsWith('_with')
			? { kind: 'call', name: word, subject, value }
			: { kind: 'comparison', subject, operator: word, value };
	const word = WORDS[operator]!;
	if (key === undefined) {
		return NEGATIVE.includes(operator) ? { kind: 'not', item: leaf(word) } : leaf(word);
	}
	const any: Node = { kind: 'any', item: leaf(operator === 'ne' ? 'eq' : word) };
	return operator === 'ne' || NEGATIVE.includes(operator) ? { kind: 'not', item: any } : any;
}

describe('whatever text is put into a condition', () => {
	it('stays one string literal with exactly that text', () => {
		let built = 0;
		fc.assert(
			fc.property(
				fc.constantFrom(...plainTextFields),
				fc.constantFrom(...ONE_TEXT),
				nastyText,
				fc.boolean(),
				(field, operator, text, asList) => {
					const values = asList ? [text] : text;
					const expression = build([{ field: field.name, operator, values }]);
					if (expression === undefined) return;
					built++;
					expect(readExpression(expression)).toEqual(meant(field, operator, text));
				},
			),
			RUNS,
		);
		expect(built).toBeGreaterThan(RUNS.numRuns / 4);
	});

	it('is refused only for control characters, half characters, patterns, and where nothing is compared', () => {
		fc.assert(
			fc.property(
				fc.constantFrom<OperatorName>('eq', 'ne', 'contains', 'startsWith', 'endsWith'),
				nastyText,
				(operator, text) => {
					const refused =
						build([{ field: 'http.user_agent', operator, values: text }]) === undefined;
					const bad =
						/[\p{Cc}\p{Cs}]/u.test(text) || (text === '' && !['eq', 'ne'].includes(operator));
					expect(refused).toBe(bad);
				},
			),
			RUNS,
		);
	});

	it('stays one literal for a header or argument, and so does the name', () => {
		let built = 0;
		fc.assert(
			fc.property(
				fc.constantFrom(...namedFields),
				fc.oneof(nastyText, fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/)),
				fc.constantFrom(...ONE_TEXT),
				nastyText,
				(field, name, operator, text) => {
					const expression = build([{ field: field.name, name, operator, values: text }]);
					if (expression === undefined) return;
					built++;
					const key = field.named === 'header' ? name.trim().toLowerCase() : name;
					expect(readExpression(expression)).toEqual(meant(field, operator, text, key));
				},
			),
			RUNS,
		);
		expect(built).toBeGreaterThan(RUNS.numRuns / 10);
	});

	it('stays the same set of texts', () => {
		let built = 0;
		fc.assert(
			fc.property(
				fc.constantFrom(...plainTextFields),
				fc.array(nastyText, { maxLength: 6 }),
				(field, values) => {
					const expression = build([{ field: field.name, operator: 'in', values }]);
					if (expression === undefined) return;
					built++;
					expect(readExpression(expression)).toEqual({
						kind: 'in',
						subject: { field: field.name, type: 'string', lower: false, each: false },
						values: [...new Set(values)].map((value) => ({ kind: 'string', value, raw: false })),
					});
				},
			),
			RUNS,
		);
		expect(built).toBeGreaterThan(RUNS.numRuns / 20);
	});

	it('differs only in the letters A to Z when case is ignored', () => {
		fc.assert(
			fc.property(fc.constantFrom(...plainTextFields), nastyText, (field, text) => {
				const expression = build([
					{ field: field.name, operator: 'eq', values: text, ignoreCase: true },
				]);
				if (expression === undefined) return;
				const value = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
				expect(readExpression(expression)).toEqual({
					kind: 'comparison',
					operator: 'eq',
					subject: { field: field.name, type: 'string', lower: true, each: false },
					value: { kind: 'string', value, raw: false },
				});
			}),
			RUNS,
		);
	});
});

describe('several conditions', () => {
	const condition = fc.record({
		field: fc.constantFrom(...plainTextFields),
		operator: fc.constantFrom(...ONE_TEXT),
		text: nastyText,
	});

	it('are joined by the chosen word and by nothing else', () => {
		let built = 0;
		fc.assert(
			fc.property(
				fc.array(condition, { minLength: 2, maxLength: 4 }),
				fc.constantFrom<'and' | 'or'>('and', 'or'),
				(given, combine) => {
					const expression = build(
						given.map(({ field, operator, text }) => ({
							field: field.name,
							operator,
							values: text,
						})),
						combine,
					);
					if (expression === undefined) return;
					built++;
					expect(readExpression(expression)).toEqual({
						kind: combine,
						items: given.map(({ field, operator, text }) => meant(field, operator, text)),
					});
				},
			),
			RUNS,
		);
		expect(built).toBeGreaterThan(RUNS.numRuns / 20);
	});
});

describe('whatever is given', () => {
	it('makes an expression that reads well or a clear refusal, never a crash', () => {
		const field = fc.constantFrom(...expressionFields);
		fc.assert(
			fc.property(
				field.chain((one) =>
					fc.record({
						field: fc.constant(one.name),
						name: fc.oneof(fc.constant('x-test'), nastyValue) as fc.Arbitrary<string>,
						operator: fc.constantFrom(...operatorsFor(one).map(({ name }) => name)),
						values: fc.oneof(nastyValue, fc.array(nastyValue)),
						ignoreCase: fc.constantFrom(undefined, true, false, 'yes' as unknown as boolean),
					}),
				),
				(given) => {
					const expression = build([given]);
					if (expression === undefined) return;
					const node = readExpression(expression);
					expect(JSON.stringify(node)).toContain(JSON.stringify(given.field));
				},
			),
			{ numRuns: 10_000 },
		);
	});

	it('is refused when the fields of a condition themselves are hostile', () => {
		fc.assert(
			fc.property(
				nastyValue,
				nastyValue,
				nastyValue,
				nastyValue,
				(field, operator, values, name) => {
					const condition = { field, operator, values, name } as unknown as Condition;
					expect(build([condition])).toBeUndefined();
					expect(build([field as Condition])).toBeUndefined();
					expect(build(field as Condition[], 'or')).toBeUndefined();
				},
			),
			RUNS,
		);
	});
});

describe('the tables', () => {
	it('offer at least one operator for each field and a field for each operator', () => {
		for (const field of expressionFields) expect(operatorsFor(field)).not.toHaveLength(0);
		for (const operator of operators) {
			expect(expressionFields.some((field) => operatorsFor(field).includes(operator))).toBe(true);
		}
	});

	it.each([
		['fields', expressionFields],
		['operators', operators],
	])('list %s once, alphabetically', (_, rows: ReadonlyArray<{ name: string; label: string }>) => {
		const labels = rows.map(({ label }) => label);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, 'en')));
		expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
	});
});
