import { isExpired, laterExpiry, parseBlockComment, type BlockNote } from './blockComment';

/**
 * What one block says when several inputs want it: the latest expiry, with the words of the last input that wants it so
 * long.
 * @param notes at least one
 */
export function mergeNotes(notes: readonly BlockNote[]): BlockNote {
	return notes.reduce((kept, note) =>
		laterExpiry(kept.expiresAt, note.expiresAt) === note.expiresAt ? note : kept,
	);
}

/** What a comment or note at Cloudflare says of a block. */
export interface KeptBlock {
	/** Of this package. Others have no expiry that it knows, and are left alone. */
	readonly isOurs: boolean;
	/** Milliseconds since 1970; undefined for ever. */
	readonly expiresAt?: number;
}

export function readKept(comment: string | undefined): KeptBlock {
	const note = parseBlockComment(comment ?? '');
	if (!note) return { isOurs: false };
	return { isOurs: true, ...(note.expiresAt === undefined ? {} : { expiresAt: note.expiresAt }) };
}

/** Whether a block that is there lasts at least until this time. A foreign one does: nothing of ours ends it. */
export function lastsUntil(comment: string | undefined, expiresAt: number | undefined): boolean {
	const kept = readKept(comment);
	return !kept.isOurs || laterExpiry(kept.expiresAt, expiresAt) === kept.expiresAt;
}

/** Whether a block is ours and over. @param now milliseconds since 1970 */
export function isOver(comment: string | undefined, now: number): boolean {
	const note = parseBlockComment(comment ?? '');
	return note !== undefined && isExpired(note, now);
}
