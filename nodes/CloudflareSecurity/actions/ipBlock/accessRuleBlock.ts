import { lastsUntil, readKept } from '../../firewall/blockMerge';
import { shown } from '../../input/inputError';
import { isoTime } from '../../time/isoTime';
import type { CloudflareClient } from '../../transport/client';
import { accessRulesPath, inheritedFrom, type AccessRule } from '../ipAccessRule/accessRule';
import type { Configuration } from '../ipAccessRule/configuration';
import { readRules, readRulesThoroughly } from '../ipAccessRule/findRule';
import {
	addRule,
	additionOf,
	changeOf,
	changeRule,
	requestOf,
	type WantedRule,
} from '../ipAccessRule/ruleWrites';
import type { PlaceResult } from './job';
import type { Place } from './method';

/** Ten workers that extend one block can each overwrite ours once, with what they decided before they saw it. */
const MAX_ROUNDS = 10;
/** From this round on there is a wait of random length before, so that workers do not meet again and again. */
const ROUND_WITH_WAIT = 3;
const LONGEST_WAIT_MS = 1_000;

const BLOCK = 'block';

/** A block that is to hold. */
export interface RuleWish {
	readonly configuration: Configuration;
	readonly notes: string;
	/** Milliseconds since 1970; undefined for ever. */
	readonly expiresAt?: number;
}

/** What holds in a place, with what its rule says. */
export interface RuleResult extends PlaceResult {
	/** For workflows, of a refusal. */
	readonly code?: 'otherAccessRule';
	readonly notes?: string;
	/** The notes that were replaced. */
	readonly previous?: string;
}

const wantedRule = ({ configuration, notes }: RuleWish): WantedRule => ({
	configuration,
	mode: BLOCK,
	notes,
});

/** What a rule that is there means for a wish; undefined when it is the place's own and ends too early. */
function judge(place: Place, rule: AccessRule, { expiresAt }: RuleWish): RuleResult | undefined {
	const { id, mode, notes = '' } = rule;
	const owner = inheritedFrom(rule, place.scope);
	const result = { place, ruleId: id, notes };
	if (mode !== BLOCK) {
		const whose = owner === undefined ? '' : ` of ${owner}`;
		const said = notes === '' ? '' : ` and the notes ${shown(notes)}`;
		const reason = `there is an IP access rule${whose} for it with the mode ${mode}${said}, which is left as it is`;
		return { ...result, outcome: 'refused', code: 'otherAccessRule', reason };
	}
	if (lastsUntil(notes, expiresAt)) return { ...result, outcome: 'alreadyBlocked' };
	if (owner === undefined) return undefined;
	const { expiresAt: end } = readKept(notes);
	const until = end === undefined ? 'some time' : isoTime(end);
	const reason = `a rule of ${owner} blocks it until ${until}, and Cloudflare takes no rule of the zone beside it`;
	return { ...result, outcome: 'alreadyBlocked', reason };
}

/**
 * Makes sure that a place has a rule that blocks what the wish names, at least as long. Rules of others and rules with
 * another mode are never changed. A new rule costs one request.
 * @returns what Cloudflare showed after the last write
 * @throws NodeApiError
 */
export async function blockAt(
	client: CloudflareClient,
	place: Place,
	wish: RuleWish,
): Promise<RuleResult> {
	const { scope } = place;
	const wanted = wantedRule(wish);
	let own: AccessRule | undefined;
	let previous: string | undefined;
	let mayBeOurs = false;
	for (let round = 1; round <= MAX_ROUNDS; round += 1) {
		if (round >= ROUND_WITH_WAIT) {
			const wait = client.random() * LONGEST_WAIT_MS;
			await client.pause(wait, { method: 'PATCH', path: accessRulesPath(scope).text });
		}
		if (own) {
			previous ??= own.notes ?? '';
			await changeRule(client, scope, own, wanted);
		} else {
			const added = await addRule(client, scope, wanted);
			if ('rule' in added) {
				const { id, notes } = added.rule;
				return { place, outcome: 'blocked', ruleId: id, notes };
			}
			mayBeOurs ||= added.inDoubt;
		}
		const found = await readRulesThoroughly(client, scope, wish.configuration);
		own = found.own;
		const rule = own ?? found.inherited;
		const result = rule && judge(place, rule, wish);
		if (!result) continue;
		if (result.outcome !== 'alreadyBlocked' || result.notes !== wish.notes) return result;
		if (previous !== undefined) return { ...result, outcome: 'extended', previous };
		return mayBeOurs ? { ...result, outcome: 'blocked' } : result;
	}
	const message =
		'the access rule was written, and is gone or changed again: somebody else works on it';
	const call = { method: 'PATCH', path: accessRulesPath(scope).text, status: 200 };
	throw client.toError({ ...call, kind: 'conflict', errors: [{ message }], effectUnknown: false });
}

/** What `blockAt` would do first, asked for with one request. @throws NodeApiError */
export async function planAt(
	client: CloudflareClient,
	place: Place,
	wish: RuleWish,
): Promise<RuleResult> {
	const { scope } = place;
	const wanted = wantedRule(wish);
	const { own } = await readRules(client, scope, wish.configuration);
	const { notes } = wish;
	if (!own) {
		return { place, outcome: 'blocked', notes, request: requestOf(additionOf(scope, wanted)) };
	}
	return (
		judge(place, own, wish) ?? {
			place,
			outcome: 'extended',
			ruleId: own.id,
			notes,
			previous: own.notes ?? '',
			request: requestOf(changeOf(scope, own, wanted)),
		}
	);
}
