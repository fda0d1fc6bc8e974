import type { IDataObject } from 'n8n-workflow';
import { parseBlockComment } from '../../firewall/blockComment';
import type { Refusal } from '../../firewall/refusal';
import { isoTime } from '../../time/isoTime';
import type { Guarded } from './guard';
import { isHolding, type Blocked, type PlaceResult } from './job';
import type { Place } from './method';

/** What a comment or notes of ours say; `ours` false for those of somebody else. */
export function presentComment(comment: string | undefined): IDataObject {
	const note = parseBlockComment(comment ?? '');
	return {
		ours: note !== undefined,
		expiresAt: note?.expiresAt === undefined ? null : isoTime(note.expiresAt),
		blockedBy: note?.origin ?? null,
		caseReference: note?.caseReference ?? null,
		reason: note ? (note.reason ?? null) : comment || null,
	};
}

/** A zone or account, as results name it. */
export const presentPlace = ({ scope, name }: Place): IDataObject => ({
	scope: scope.kind,
	id: scope.id,
	...(name === undefined ? {} : { name }),
});

const presentPlaceResult = ({ place, outcome, ruleId, reason, request }: PlaceResult) => ({
	...presentPlace(place),
	outcome,
	rule_id: ruleId ?? null,
	...(reason === undefined ? {} : { reason }),
	...(request === undefined ? {} : { request }),
});

const subjectFacts = ({ input, notes, widenedTo }: Guarded, address: string | null) => ({
	input,
	address,
	...(widenedTo === undefined ? {} : { widenedTo }),
	notes: [...notes],
});

export const presentRefusal = ({ code, reason }: Partial<Refusal> = {}): IDataObject => ({
	code: code ?? 'unknown',
	reason: reason ?? '',
});

/** The output for a subject that was refused before anything was asked. */
export const presentRefused = (
	{ refused, ...subject }: Guarded,
	address: string | null,
): IDataObject => ({
	outcome: 'refused',
	...subjectFacts(subject, address),
	refusal: presentRefusal(refused),
});

/** The output for a subject that was to be blocked. */
export function presentBlocked(
	subject: Guarded,
	address: string,
	{ method, dryRun }: { method: string; dryRun: boolean },
	blocked: Blocked,
): IDataObject {
	const { outcome, places, code, reason, comment, previous, list, request } = blocked;
	return {
		outcome,
		...subjectFacts(subject, address),
		method,
		...(outcome === 'refused'
			? { refusal: presentRefusal({ code, reason }) }
			: { everywhere: places.every(isHolding), block: presentComment(comment) }),
		places: places.map(presentPlaceResult),
		...(list === undefined ? {} : { list }),
		...(previous === undefined ? {} : { previous: presentComment(previous) }),
		...(dryRun ? { dryRun, request: request ?? null } : {}),
	};
}
