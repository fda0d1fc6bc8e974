import { invalidValue, type ErrorEntry } from '../errors.cjs';
import { parse, ParseError } from '../rulesLanguage.cjs';
import type { RulesetContext } from './context.cjs';

const LONGEST = 4096;

/** What is wrong with an expression, or undefined. */
export function expressionProblem(
	value: unknown,
	pointer: string,
	{ state, accountId, plan }: RulesetContext,
): ErrorEntry | undefined {
	const problem = (reason: string) =>
		invalidValue(pointer, 'expression', value ?? '', reason, 20125);
	if (value === undefined || value === '') return problem('the expression cannot be blank');
	if (typeof value !== 'string') return problem('it must be a string');
	if (value.trim() === '') return problem('the expression cannot be blank');
	if (value.length > LONGEST)
		return problem(`the expression exceeds the maximum length of ${LONGEST} characters`);
	try {
		parse(value, {
			plan,
			listKind: (name) => {
				// Managed lists need Enterprise. Source: Cloudflare docs.
				if (name.startsWith('cf.')) return plan === 'enterprise' ? 'ip' : undefined;
				const kind = state.lists.named(accountId, name)?.kind;
				// Lists of redirects have no place in expressions.
				return kind === 'redirect' ? undefined : kind;
			},
		});
		return undefined;
	} catch (error) {
		if (error instanceof ParseError)
			return problem(`could not parse filter expression: ${error.message}`);
		throw error;
	}
}
