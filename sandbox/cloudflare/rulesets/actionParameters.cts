import { invalid, invalidValue, type ErrorEntry } from '../errors.cjs';
import { allows, isExecutable, type RulesetContext } from './context.cjs';
import { isObject, unknownKeys } from './shape.cjs';
import { latest } from './types.cjs';

type Parameters = Record<string, unknown>;
type Check = (
	parameters: Parameters,
	pointer: string,
	context: RulesetContext,
	phase: string,
) => ErrorEntry[];

const CONTENT_TYPES = ['text/plain', 'text/html', 'text/xml', 'application/json'];
const LARGEST_CONTENT = 30 * 1024;
const SKIPPABLE_PHASES = ['http_ratelimit', 'http_request_sbfm', 'http_request_firewall_managed'];
const SKIPPABLE_PRODUCTS = [
	'zoneLockdown',
	'uaBlock',
	'bic',
	'hot',
	'securityLevel',
	'rateLimit',
	'waf',
];
const SKIP_KEYS = ['ruleset', 'phase', 'phases', 'products', 'rulesets', 'rules'];

const none: Check = (parameters, pointer) =>
	unknownKeys(parameters, [], pointer, 'action parameters of this action');

const block: Check = (parameters, pointer, context) => {
	const problems = unknownKeys(parameters, ['response'], pointer, 'action parameters');
	const { response } = parameters;
	if (response === undefined) return problems;
	const at = `${pointer}/response`;
	if (!isObject(response)) return [...problems, invalid(at, 'response must be an object')];
	if (!allows(context, 'pro'))
		problems.push(invalid(at, 'not entitled to use a custom response: a Pro plan is required'));
	const { status_code: status, content_type: type, content } = response;
	if (typeof status !== 'number' || !Number.isInteger(status) || status < 400 || status > 499)
		problems.push(
			invalidValue(`${at}/status_code`, 'status_code', status, 'it must be between 400 and 499'),
		);
	if (typeof type !== 'string' || !CONTENT_TYPES.includes(type))
		problems.push(
			invalidValue(
				`${at}/content_type`,
				'content_type',
				type,
				`it must be one of ${CONTENT_TYPES.join(', ')}`,
			),
		);
	if (typeof content !== 'string' || content === '')
		problems.push(invalid(`${at}/content`, 'content is required for a custom response'));
	else if (Buffer.byteLength(content) > LARGEST_CONTENT)
		problems.push(invalid(`${at}/content`, 'content exceeds the maximum size of 30720 bytes'));
	return problems;
};

function eachOf(
	value: unknown,
	allowed: readonly string[],
	at: string,
	name: string,
): ErrorEntry[] {
	if (value === undefined) return [];
	if (!Array.isArray(value) || value.length === 0)
		return [invalid(at, `${name} must be a list with at least one value`)];
	return value.flatMap((each: unknown, index) =>
		allowed.includes(String(each))
			? []
			: [invalidValue(`${at}/${index}`, name, each, `it must be one of ${allowed.join(', ')}`)],
	);
}

const skip: Check = (parameters, pointer, { scope }) => {
	const problems = unknownKeys(parameters, SKIP_KEYS, pointer, 'action parameters');
	if (!SKIP_KEYS.some((key) => parameters[key] !== undefined))
		problems.push(
			invalid(pointer, `skip requires at least one of ${SKIP_KEYS.join(', ')} to be set`),
		);
	for (const key of ['ruleset', 'phase'])
		if (parameters[key] !== undefined && parameters[key] !== 'current')
			problems.push(
				invalidValue(`${pointer}/${key}`, key, parameters[key], "only 'current' is allowed"),
			);
	if (parameters.phase !== undefined && scope.level === 'account')
		problems.push(invalid(`${pointer}/phase`, 'phase is not supported at account level'));
	if (parameters.rulesets !== undefined && (parameters.ruleset ?? parameters.phases) !== undefined)
		problems.push(
			invalid(`${pointer}/rulesets`, 'rulesets cannot be combined with ruleset or phases'),
		);
	return [
		...problems,
		...eachOf(parameters.phases, SKIPPABLE_PHASES, `${pointer}/phases`, 'phases'),
		...eachOf(parameters.products, SKIPPABLE_PRODUCTS, `${pointer}/products`, 'products'),
	];
};

const execute: Check = (parameters, pointer, context, phase) => {
	const problems = unknownKeys(
		parameters,
		['id', 'version', 'overrides', 'matched_data'],
		pointer,
		'action parameters',
	);
	const record = context.state.rulesets.get(String(parameters.id));
	const found =
		record !== undefined && isExecutable(record, context) && latest(record).phase === phase;
	if (!found)
		problems.push(
			invalidValue(
				`${pointer}/id`,
				'id',
				parameters.id ?? '',
				`there is no custom or managed ruleset of the ${phase} phase with this id`,
			),
		);
	return problems;
};

const oneOf =
	(...keys: string[]): Check =>
	(parameters, pointer) =>
		keys.some((key) => parameters[key] !== undefined)
			? []
			: [invalid(pointer, `one of ${keys.join(', ')} is required`)];

const CHECKS: Readonly<Record<string, Check>> = {
	block,
	skip,
	execute,
	challenge: none,
	js_challenge: none,
	managed_challenge: none,
	log: none,
	redirect: oneOf('from_value', 'from_list'),
	rewrite: oneOf('uri', 'headers'),
	route: oneOf('host_header', 'origin', 'sni'),
	serve_error: oneOf('content', 'asset_name'),
	compress_response: oneOf('algorithms'),
};
const OPTIONAL = ['block', 'challenge', 'js_challenge', 'managed_challenge', 'log'];

/** What is wrong with the parameters of an action. */
export function parameterProblems(
	action: string,
	parameters: unknown,
	pointer: string,
	context: RulesetContext,
	phase: string,
): ErrorEntry[] {
	if (parameters === undefined && OPTIONAL.includes(action)) return [];
	if (parameters !== undefined && !isObject(parameters))
		return [invalid(pointer, 'action parameters must be an object')];
	return CHECKS[action]?.(parameters ?? {}, pointer, context, phase) ?? [];
}
