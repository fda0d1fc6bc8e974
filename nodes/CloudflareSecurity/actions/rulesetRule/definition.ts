import type { Rule } from '../../targets/ruleset';

/** Members that the API sets by itself. */
export const READ_ONLY: readonly string[] = ['id', 'version', 'last_updated', 'categories'];

/** What the owner of a rule writes. Members that nobody knows yet count too: a PATCH without them would lose them. */
export const definitionOf = (rule: Rule): Rule =>
	Object.fromEntries(
		Object.entries(rule).filter(
			([key, value]) => !READ_ONLY.includes(key) && value !== undefined && value !== null,
		),
	);

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** Same values under the same keys, whatever their order. */
function same(one: unknown, other: unknown): boolean {
	if (!isObject(one) || !isObject(other)) return one === other;
	const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...keys].every((key) => same(one[key], other[key]));
}

/** With what the API fills in for parts that were left out. */
function fullRateLimit(value: unknown): unknown {
	if (!isObject(value)) return undefined;
	const { characteristics } = value;
	return {
		counting_expression: '',
		mitigation_timeout: 0,
		requests_to_origin: false,
		...value,
		...(Array.isArray(characteristics) ? { characteristics: [...characteristics].sort() } : {}),
	};
}

/** A definition with the API's defaults, so that two that do the same look the same. */
function full(definition: Rule, wanted: Rule): Members {
	const { action_parameters: parameters, ref, ratelimit, ...rest } = definition;
	const { version: wantedVersion } = (wanted.action_parameters ?? {}) as Members;
	return {
		description: '',
		enabled: true,
		logging: { enabled: true },
		...rest,
		// The API adds the version of the ruleset that an execute rule runs.
		action_parameters: {
			...(parameters as Members | undefined),
			...(wantedVersion === undefined ? { version: undefined } : {}),
		},
		ratelimit: fullRateLimit(ratelimit),
		// The API makes one where none was given.
		...(wanted.ref === undefined ? {} : { ref }),
	};
}

/** The API's names of the members in which a rule differs from what is wanted, alphabetically. */
export function changedFields(rule: Rule, wanted: Rule): string[] {
	const [before, after] = [definitionOf(rule), definitionOf(wanted)];
	const [left, right] = [full(before, after), full(after, after)];
	return [...new Set([...Object.keys(left), ...Object.keys(right)])]
		.filter((key) => !same(left[key], right[key]))
		.sort();
}

export const hasDefinition = (rule: Rule, wanted: Rule): boolean =>
	changedFields(rule, wanted).length === 0;

/**
 * A definition with what somebody else changed meanwhile: members with a value that nobody has seen before. One that
 * was seen before comes from a run that had read the rule earlier, and wrote all of it back.
 */
export function rebased(definition: Rule, now: Rule, seen: readonly Rule[]): Rule {
	const known = [definition, ...seen].map(definitionOf);
	const current = definitionOf(now);
	const keys = [...new Set([current, ...known].flatMap((each) => Object.keys(each)))];
	const changed = keys.filter((key) => !known.some((each) => same(each[key], current[key])));
	return definitionOf({
		...definition,
		...Object.fromEntries(changed.map((key) => [key, current[key]])),
	});
}
