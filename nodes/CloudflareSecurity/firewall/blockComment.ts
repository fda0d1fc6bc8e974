import { isoTime } from '../time/isoTime';

/**
 * What a block says about itself, in a list item's comment or an access rule's notes: one line such as
 *
 *     [n8n-block; until 2026-12-01T10:00:00Z; by Phishing playbook; case INC-7] Credential stuffing
 *
 * A comment is ours when it starts, at its first character, with a bracket that formatBlockComment would have written
 * just so: the words in this order, a time that exists in exactly this form or `never`, an origin, perhaps a case, all
 * of them clean and within their lengths. What follows the bracket may be edited by hand and is never read as anything
 * but the reason. So no reason, case or origin that comes from an attacker can set an expiry or end a block.
 *
 * It is no proof of who wrote it. The bracket is not signed: whoever may write list items or access rules can type one,
 * with any expiry, and can change or remove ours.
 */

/** What can be searched for to find our comments. Nothing that is written after it can hold it again. */
export const BLOCK_MARKER = '[n8n-block;';
/** An access rule's notes; for list items no limit is documented. */
export const MAX_COMMENT_LENGTH = 500;
const MAX_ORIGIN_LENGTH = 80;
const MAX_CASE_LENGTH = 80;
const UNKNOWN_ORIGIN = 'unknown';
const NEVER = 'never';
/** The last second that ISO 8601 writes with a year of four digits. */
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59);
const LONGEST_MACHINE_PART = `${BLOCK_MARKER} until 9999-12-31T23:59:59Z; by ; case ]`.length;

/** The shortest maxLength: the machine part is never cut. */
export const MIN_COMMENT_LENGTH = LONGEST_MACHINE_PART + MAX_ORIGIN_LENGTH + MAX_CASE_LENGTH;

const MACHINE_PART =
	/^\[n8n-block; until (never|(?:19[7-9]\d|[2-9]\d{3})-\d\d-\d\dT\d\d:\d\d:\d\dZ); by ([^;[\]]{1,80})(?:; case ([^;[\]]{1,80}))?\](?=\s|$)/;
/** Square brackets and what looks like one, in pairs: left, right. */
const BRACKETS = [/[[⁅⎡⎣❲⟦〔【〖〘〚﹇﹝［]/gu, /[\]⁆⎤⎦❳⟧〕】〗〙〛﹈﹞］]/gu] as const;
/** The semicolon and what looks like one: the Greek question mark and the wide, small, vertical and other scripts' forms. */
const SEMICOLONS = /[;\u037e；﹔︔؛⁏]/gu;
/** Control, format and private characters, halves of pairs, line and paragraph ends, all blanks. */
const UNCLEAN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\s]+/gu;

/** Who blocked until when, and why. */
export interface BlockNote {
	/** Milliseconds since 1970, at a full second. Without it the block stays for ever. */
	readonly expiresAt?: number;
	/** Who or what blocked: a playbook, a person. At most 80 characters; others are cut off. */
	readonly origin: string;
	/** A case or ticket. At most 80 characters; others are cut off. */
	readonly caseReference?: string;
	readonly reason?: string;
}

/**
 * Writes a block's comment. Texts become one line: control and invisible characters and line breaks are blanks, square
 * brackets become round ones, and semicolons in the origin and the case become commas. A time between two seconds
 * becomes the later one, so that a block never ends early. The reason is cut to what there is room for.
 *
 * @param options.maxLength in UTF-16 units; at least MIN_COMMENT_LENGTH
 * @throws RangeError when the time is none or has no year of four digits, or when maxLength is too short
 */
export function formatBlockComment(
	{ expiresAt, origin, caseReference, reason }: BlockNote,
	{ maxLength = MAX_COMMENT_LENGTH }: { maxLength?: number } = {},
): string {
	if (!(maxLength >= MIN_COMMENT_LENGTH)) {
		throw new RangeError(`A comment needs room for ${MIN_COMMENT_LENGTH} characters`);
	}
	const caseText = oneField(caseReference ?? '', MAX_CASE_LENGTH);
	const machinePart = [
		`${BLOCK_MARKER} until ${expiresAt === undefined ? NEVER : isoSecond(expiresAt)}`,
		`; by ${oneField(origin, MAX_ORIGIN_LENGTH) || UNKNOWN_ORIGIN}`,
		caseText && `; case ${caseText}`,
		']',
	].join('');
	const room = maxLength - machinePart.length - 1;
	const reasonText = cut(oneLine(reason ?? ''), room);
	return reasonText ? `${machinePart} ${reasonText}` : machinePart;
}

/** Reads a comment back; undefined when it is not ours. */
export function parseBlockComment(text: string): BlockNote | undefined {
	const match = MACHINE_PART.exec(text);
	if (!match) return undefined;
	const [machinePart, until, origin, caseReference] = match;
	const time = until === NEVER ? undefined : Date.parse(until);
	if (Number.isNaN(time)) return undefined;
	const note: BlockNote = {
		...(time !== undefined && { expiresAt: time }),
		origin,
		...(caseReference !== undefined && { caseReference }),
	};
	// Whatever it does not write just so, a time such as 30 February included, is not ours.
	if (formatBlockComment(note) !== machinePart) return undefined;
	const reason = oneLine(text.slice(machinePart.length));
	return reason ? { ...note, reason } : note;
}

/** The later of two expiries in milliseconds; none means for ever and is the latest. */
export function laterExpiry(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? undefined : Math.max(a, b);
}

/** Whether a block's time is over. @param now milliseconds since 1970 */
export function isExpired({ expiresAt }: Pick<BlockNote, 'expiresAt'>, now: number): boolean {
	return expiresAt !== undefined && expiresAt <= now;
}

function isoSecond(time: number): string {
	const second = Math.ceil(time / 1000) * 1000;
	if (!(second >= 0 && second <= LAST_SECOND)) {
		throw new RangeError(`${time} is no time between the years 1970 and 9999`);
	}
	return isoTime(second);
}

function oneLine(text: string): string {
	const [left, right] = BRACKETS;
	return text.replace(UNCLEAN, ' ').replace(left, '(').replace(right, ')').trim();
}

function oneField(text: string, maxLength: number): string {
	return cut(oneLine(text).replace(SEMICOLONS, ','), maxLength);
}

/** Cuts between code points, with an ellipsis as the last character. */
function cut(text: string, maxLength: number): string {
	if (text.length <= maxLength) return text;
	if (maxLength < 1) return '';
	let end = maxLength - 1;
	if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end--;
	return `${text.slice(0, end)}…`;
}
