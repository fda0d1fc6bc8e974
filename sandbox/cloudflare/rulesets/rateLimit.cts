import { invalid, invalidValue, type ErrorEntry } from '../errors.cjs';
import type { Plan } from '../language/vocabulary.cjs';
import { parse, ParseError } from '../rulesLanguage.cjs';
import { allows, type RulesetContext } from './context.cjs';
import { expressionProblem } from './expressions.cjs';
import { namesIn, type Names } from './names.cjs';
import { isObject, unknownKeys } from './shape.cjs';

const KEYS = [
	'characteristics',
	'period',
	'requests_per_period',
	'mitigation_timeout',
	'counting_expression',
	'requests_to_origin',
	'score_per_period',
	'score_response_header_name',
];
/** The shorter of two lists in Cloudflare's docs. */
const PERIODS = [10, 60, 120, 300, 600, 3600];
const LONGEST_PERIOD: Record<Plan, number> = {
	free: 10,
	pro: 60,
	business: 600,
	enterprise: 65_535,
};
/** Source: Cloudflare docs. Enterprise may name any number up to a day. */
const TIMEOUTS = [0, 10, 60, 120, 300, 600, 3600, 86_400];
const LONGEST_TIMEOUT: Record<Plan, number> = {
	free: 10,
	pro: 3600,
	business: 86_400,
	enterprise: 86_400,
};
const CHALLENGES = ['challenge', 'js_challenge', 'managed_challenge'];

/** Fields of rule expressions. Source: Cloudflare docs, availability of rate limiting rules; Enterprise has all. */
const FREE = ['http.request.uri.path', 'cf.bot_management.verified_bot', 'cf.client.bot'];
const PRO = [
	...FREE,
	'http.host',
	'http.request.uri',
	'http.request.full_uri',
	'http.request.uri.query',
];
const BUSINESS = [...PRO, 'http.request.method', 'ip.src', 'http.user_agent'];
const FIELDS: Record<Plan, readonly string[] | undefined> = {
	free: FREE,
	pro: PRO,
	business: BUSINESS,
	enterprise: undefined,
};

/** What requests can be counted by, besides the location. Source: Cloudflare docs, rate limiting parameters. */
const NAMED = /^http\.request\.(?:headers|cookies|uri\.args)\["[^"]+"\]$/;
const PLAIN = [
	'cf.colo.id',
	'ip.src',
	'cf.unique_visitor_id',
	'ip.src.asnum',
	'ip.src.country',
	'http.host',
	'http.request.uri.path',
	'cf.bot_management.ja3_hash',
	'cf.bot_management.ja4',
];
/** Below Enterprise: addresses, and from Business on visitors behind one address. */
const isCountable = (name: string, context: RulesetContext): boolean => {
	if (['cf.colo.id', 'ip.src'].includes(name)) return true;
	return name === 'cf.unique_visitor_id'
		? allows(context, 'business')
		: allows(context, 'enterprise');
};

function characteristicsProblems(
	value: unknown,
	at: string,
	context: RulesetContext,
): ErrorEntry[] {
	const wrong = (given: unknown, reason: string, code?: number) =>
		invalidValue(at, 'characteristics', given, reason, code);
	if (!Array.isArray(value) || !value.includes('cf.colo.id'))
		return [wrong(value ?? [], 'cf.colo.id must be one of them', 20155)];
	const problems = value.flatMap((each: unknown, index): ErrorEntry[] => {
		const refuse = (reason: string) => [
			invalidValue(`${at}/${index}`, 'characteristics', each, reason),
		];
		if (typeof each !== 'string') return refuse('it must be a string');
		if (!PLAIN.includes(each) && !NAMED.test(each))
			return refuse('there is no such characteristic');
		if (each.startsWith('http.request.headers') && each !== each.toLowerCase())
			return refuse('names of headers must be in lower case');
		return isCountable(each, context) ? [] : refuse('a higher plan is required');
	});
	if (value.includes('ip.src') && value.includes('cf.unique_visitor_id'))
		problems.push(wrong(value, 'ip.src and cf.unique_visitor_id exclude each other'));
	return problems;
}

const isWhole = (value: unknown, least: number): value is number =>
	typeof value === 'number' && Number.isInteger(value) && value >= least;

function rateProblems(
	limit: Record<string, unknown>,
	at: string,
	context: RulesetContext,
): ErrorEntry[] {
	const problems: ErrorEntry[] = [];
	const { period, requests_per_period: requests, score_per_period: score } = limit;
	const wrong = (name: string, reason: string) =>
		problems.push(invalidValue(`${at}/${name}`, name, limit[name] ?? '', reason));
	if (!PERIODS.includes(period as number))
		wrong('period', `it must be one of ${PERIODS.join(', ')}`);
	else if ((period as number) > LONGEST_PERIOD[context.plan])
		wrong('period', `not entitled: the plan allows up to ${LONGEST_PERIOD[context.plan]}`);
	const byScore = score !== undefined || limit.score_response_header_name !== undefined;
	if (byScore && !allows(context, 'enterprise'))
		wrong('score_per_period', 'not entitled: Advanced Rate Limiting is required');
	if (byScore ? requests !== undefined && !isWhole(requests, 1) : !isWhole(requests, 1))
		wrong('requests_per_period', 'it must be a positive integer');
	if (score !== undefined && !isWhole(score, 1))
		wrong('score_per_period', 'it must be a positive integer');
	return problems;
}

function timeoutProblems(
	action: unknown,
	timeout: unknown,
	at: string,
	context: RulesetContext,
): ErrorEntry[] {
	if (timeout === undefined) return [];
	const wrong = (reason: string) => [invalidValue(at, 'mitigation_timeout', timeout, reason)];
	const longest = LONGEST_TIMEOUT[context.plan];
	if (!isWhole(timeout, 0)) return wrong('it must be a non-negative integer');
	const enterprise = allows(context, 'enterprise');
	if (!enterprise && !TIMEOUTS.includes(timeout))
		return wrong(`it must be one of ${TIMEOUTS.join(', ')}`);
	if (timeout > longest) return wrong(`not entitled: the plan allows up to ${longest}`);
	if (enterprise) return [];
	const challenges = CHALLENGES.includes(String(action));
	if (challenges && timeout !== 0) return wrong('it must be 0 for the challenge actions');
	// Throttling needs Enterprise; that the API refuses it elsewhere is a stand-in.
	return challenges || timeout !== 0 ? [] : wrong('it must not be 0 for this action');
}

function names(text: unknown, { plan }: RulesetContext): Names {
	try {
		if (typeof text === 'string' && text !== '') return namesIn(parse(text, { plan }));
	} catch (error) {
		// Reported already, where expressions are checked.
		if (!(error instanceof ParseError)) throw error;
	}
	return { fields: new Set(), lists: new Set() };
}

function expressionProblems(
	rule: Record<string, unknown>,
	limit: Record<string, unknown>,
	pointer: string,
	context: RulesetContext,
): ErrorEntry[] {
	const problems: ErrorEntry[] = [];
	const at = `${pointer}/ratelimit`;
	const { counting_expression: counting, requests_to_origin: toOrigin } = limit;
	const own = names(rule.expression, context);
	const allowed = FIELDS[context.plan];
	for (const field of own.fields)
		if (allowed !== undefined && !allowed.includes(field))
			problems.push(
				invalidValue(
					`${pointer}/expression`,
					'expression',
					rule.expression,
					`not entitled: the use of field ${field} is not allowed in the http_ratelimit phase`,
					20125,
				),
			);
	if (counting !== undefined && counting !== '') {
		if (!allows(context, 'business'))
			problems.push(
				invalid(`${at}/counting_expression`, 'not entitled: a Business plan is required'),
			);
		const problem = expressionProblem(counting, `${at}/counting_expression`, context);
		if (problem !== undefined) problems.push(problem);
	}
	if (toOrigin !== undefined && typeof toOrigin !== 'boolean')
		problems.push(
			invalidValue(
				`${at}/requests_to_origin`,
				'requests_to_origin',
				toOrigin,
				'it must be a boolean',
			),
		);
	// Source: Cloudflare docs, configuration restrictions of rate limiting rules.
	if (toOrigin === true && own.lists.size > 0)
		problems.push(
			invalid(`${at}/requests_to_origin`, 'it must be false when the expression names a list'),
		);
	return problems;
}

/** What is wrong with the rate limit of a rule. */
export function rateLimitProblems(
	rule: Record<string, unknown>,
	pointer: string,
	context: RulesetContext,
	phase: string,
): ErrorEntry[] {
	const { ratelimit: limit, action } = rule;
	const at = `${pointer}/ratelimit`;
	if (phase !== 'http_ratelimit')
		return limit === undefined
			? []
			: [invalid(at, `ratelimit is not allowed in the ${phase} phase`)];
	if (action === 'execute') return [];
	if (!isObject(limit)) return [invalid(at, 'ratelimit is required for a rate limiting rule')];
	return [
		...unknownKeys(limit, KEYS, at, 'the rate limit'),
		...characteristicsProblems(limit.characteristics, `${at}/characteristics`, context),
		...rateProblems(limit, at, context),
		...timeoutProblems(action, limit.mitigation_timeout, `${at}/mitigation_timeout`, context),
		...expressionProblems(rule, limit, pointer, context),
	];
}
