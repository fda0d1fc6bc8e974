import { InputError, shown } from '../input/inputError';
import type { CloudflareClient } from '../transport/client';
import { hasCode, type Outcome } from '../transport/failure';
import { apiPath, hexId, type ApiPath, type PathSegment } from '../transport/path';
import { readLocator } from './locator';
import { parsePhase } from './phases';
import { parseScopeKind, type Scope } from './scope';

/** A rule as the API sends it; only the fields that this package reads are named. */
export interface Rule {
	[key: string]: unknown;
	id?: string;
	ref?: string;
	action?: string;
	expression?: string;
	description?: string;
	enabled?: boolean;
	version?: string;
	last_updated?: string;
}

/** A ruleset as the API sends it. Lists leave out the rules, and managed rulesets may. */
export interface Ruleset {
	[key: string]: unknown;
	id: string;
	name?: string;
	kind?: string;
	phase?: string;
	version?: string;
	rules?: Rule[] | null;
}

const ruleShape = {
	'id?': 'text',
	'ref?': 'text',
	'action?': 'text',
	'expression?': 'text',
	'description?': 'text',
	'version?': 'version number',
} as const;

/** What an answer with a ruleset must be. */
export const RULESET = {
	record: {
		id: 'text',
		'name?': 'text',
		'kind?': 'text',
		'phase?': 'text',
		'version?': 'version number',
		'rules?': [ruleShape],
	},
} as const;

/** Which ruleset a rule belongs to, as far as playbooks need it. */
export interface RulesetSummary {
	[key: string]: string | undefined;
	id: string;
	name?: string;
	kind?: string;
	phase?: string;
	version?: string;
}

export const summary = ({ id, name, kind, phase, version }: Ruleset): RulesetSummary => ({
	id,
	name,
	kind,
	phase,
	version,
});

/** The ruleset that the fields name; an entry point may not exist yet. */
export type RulesetChoice = { phase: PathSegment } | { id: PathSegment };

export interface RulesetFields {
	scope: unknown;
	rulesetFrom: unknown;
	phase: unknown;
	ruleset: unknown;
}

/**
 * Sends nothing, so that a wrong choice is refused before any request.
 * @param mistakes ids that are easily pasted as a ruleset's, with what they are
 * @throws InputError when the fields do not name a ruleset
 */
export function chooseRuleset(
	fields: RulesetFields,
	mistakes?: ReadonlyMap<string, string>,
): RulesetChoice {
	if (fields.rulesetFrom === 'phase') {
		return { phase: parsePhase(fields.phase, parseScopeKind(fields.scope)) };
	}
	if (fields.rulesetFrom !== 'ruleset') {
		throw new InputError(
			'Ruleset From',
			`got ${shown(fields.rulesetFrom)}`,
			'One of: phase, ruleset',
		);
	}
	const chosen = readLocator(fields.ruleset, 'Ruleset');
	return { id: hexId(chosen?.value, { field: 'Ruleset', mistakes }) };
}

export function rulesetPath(scope: Scope, choice: RulesetChoice): ApiPath {
	return 'id' in choice
		? apiPath`${scope.path}/rulesets/${choice.id}`
		: apiPath`${scope.path}/rulesets/phases/${choice.phase}/entrypoint`;
}

/**
 * Reads the chosen ruleset with its rules. A phase to which nobody has added a rule has no entry point: the API answers
 * 404 (10003, once reported as 1000), which comes back as undefined.
 */
export async function attemptRuleset(
	client: CloudflareClient,
	scope: Scope,
	choice: RulesetChoice,
): Promise<Outcome<Ruleset | undefined>> {
	const outcome = await client.attempt<Ruleset | undefined>({
		method: 'GET',
		path: rulesetPath(scope, choice),
		expect: RULESET,
	});
	// Other codes with 404 can mean a zone of somebody else: that is no empty phase.
	const missing =
		'phase' in choice &&
		!outcome.ok &&
		outcome.failure.kind === 'notFound' &&
		hasCode(outcome.failure, 10003, 1000);
	return missing ? { ok: true, envelope: { result: undefined, resultInfo: {} } } : outcome;
}

/** SDK 7.3: per_page of `GET …/rulesets`; 1 to 50. */
export const rulesetPageSize = { min: 1, max: 50 } as const;
