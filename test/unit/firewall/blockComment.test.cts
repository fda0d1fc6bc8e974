import fc from 'fast-check';
import {
	BLOCK_MARKER,
	formatBlockComment,
	isExpired,
	laterExpiry,
	MAX_COMMENT_LENGTH,
	MIN_COMMENT_LENGTH,
	parseBlockComment,
	type BlockNote,
} from '../../../nodes/CloudflareSecurity/firewall/blockComment';
import { nastyText } from '../../support/nastyText.cjs';

const RUNS = { numRuns: 3000 };
const UNTIL = Date.UTC(2026, 11, 1, 10);
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

const piece = fc.constantFrom(
	BLOCK_MARKER,
	'[n8n-block; until never; by x]',
	'［n8n-block; until never; by x］',
	'; until never',
	'; case INC-9',
	'] ',
	'[',
	']',
	';',
	'\u037e',
	'\n',
	'\r\n',
	'\u2028',
	'\u202e',
	'\u200b',
	'\0',
	'\ud83d',
	'😀',
	'é',
	'…',
	' ',
);
/** A reason, an origin or a case as an attacker would choose it. */
const text = fc.oneof(
	nastyText,
	fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
	fc.string({ unit: 'binary', minLength: 70, maxLength: 700 }),
	fc.constantFrom('', ' ', '😀'.repeat(300), 'x'.repeat(700), '[n8n-block; '.repeat(60)),
);
const time = fc.option(fc.integer({ min: 0, max: LAST }), { nil: undefined });
const note: fc.Arbitrary<BlockNote> = fc.record(
	{ expiresAt: time, origin: text, caseReference: text, reason: text },
	{ requiredKeys: ['origin'] },
);

describe('the comment of a block', () => {
	it.each<[BlockNote, string]>([
		[
			{ expiresAt: UNTIL, origin: 'Phishing playbook', caseReference: 'INC-7', reason: 'Stuffing' },
			'[n8n-block; until 2026-12-01T10:00:00Z; by Phishing playbook; case INC-7] Stuffing',
		],
		[{ origin: 'SOC' }, '[n8n-block; until never; by SOC]'],
		[{ origin: '' }, '[n8n-block; until never; by unknown]'],
		[
			{ origin: ' \n\u200b', caseReference: '\t', reason: ' ' },
			'[n8n-block; until never; by unknown]',
		],
		[
			{ origin: 'a;b', caseReference: 'c;d', reason: 'e;f' },
			'[n8n-block; until never; by a,b; case c,d] e;f',
		],
		[
			{ origin: 'a [x]', reason: ' two\nlines\u2028 and\u0000more ' },
			'[n8n-block; until never; by a (x)] two lines and more',
		],
		[
			{ origin: 'a', reason: '[n8n-block; until never; by x]' },
			'[n8n-block; until never; by a] (n8n-block; until never; by x)',
		],
		[
			{ origin: 'a', reason: '［n8n-block； 【x】' },
			'[n8n-block; until never; by a] (n8n-block； (x)',
		],
		[{ origin: 'a', expiresAt: UNTIL + 1 }, '[n8n-block; until 2026-12-01T10:00:01Z; by a]'],
		[{ origin: 'a', expiresAt: 0 }, '[n8n-block; until 1970-01-01T00:00:00Z; by a]'],
		[{ origin: 'a', expiresAt: LAST }, '[n8n-block; until 9999-12-31T23:59:59Z; by a]'],
		[
			{ origin: 'Grüße 😀 攻击', reason: 'नमस्ते' },
			'[n8n-block; until never; by Grüße 😀 攻击] नमस्ते',
		],
	])('of %j is %s', (given, expected) => {
		expect(formatBlockComment(given)).toBe(expected);
	});

	it.each([NaN, Infinity, -Infinity, -1001, LAST + 1, 8.64e15])(
		'is not made for the time %p',
		(expiresAt) => {
			expect(() => formatBlockComment({ origin: 'a', expiresAt })).toThrow(RangeError);
		},
	);

	it.each([0, MIN_COMMENT_LENGTH - 1, NaN])(
		'is not made shorter than its machine part: %p',
		(maxLength) => {
			expect(() => formatBlockComment({ origin: 'a' }, { maxLength })).toThrow(RangeError);
		},
	);

	it('fits in one line of the allowed length, of whole characters', () => {
		fc.assert(
			fc.property(note, fc.integer({ min: MIN_COMMENT_LENGTH, max: 600 }), (given, maxLength) => {
				const comment = formatBlockComment(given, { maxLength });
				expect(comment.length).toBeLessThanOrEqual(maxLength);
				expect(comment).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
				expect(comment).toBe(comment.trim());
				expect(formatBlockComment(given).length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
			}),
			RUNS,
		);
	});

	it('is cut between characters, and it can be seen', () => {
		for (const reason of ['😀'.repeat(400), `x${'😀'.repeat(400)}`]) {
			const comment = formatBlockComment({ origin: 'a', reason });
			expect(comment.length).toBeGreaterThan(MAX_COMMENT_LENGTH - 2);
			expect(comment).toMatch(/😀…$/u);
			expect(comment).not.toMatch(/\p{Cs}/u);
		}
		const long = formatBlockComment({ origin: 'o'.repeat(81), caseReference: 'c'.repeat(81) });
		expect(long).toBe(`[n8n-block; until never; by ${'o'.repeat(79)}…; case ${'c'.repeat(79)}…]`);
		const fits = formatBlockComment({ origin: 'o'.repeat(80), caseReference: 'c'.repeat(80) });
		expect(fits).toBe(`[n8n-block; until never; by ${'o'.repeat(80)}; case ${'c'.repeat(80)}]`);
	});

	it('holds one pair of square brackets and one marker, whatever characters look like them', () => {
		const lookalikes = Array.from({ length: 0xffff }, (_, unit) =>
			String.fromCharCode(unit),
		).filter((character) => /[[\];]/.test(character.normalize('NFKC')));
		expect(lookalikes.length).toBeGreaterThan(6);
		for (const one of lookalikes) {
			const comment = formatBlockComment({
				origin: `a${one}b`,
				caseReference: `a${one}b`,
				reason: 'r',
			});
			expect(comment.normalize('NFKC')).toMatch(
				/^\[n8n-block; until never; by a[(),]b; case a[(),]b\] r$/,
			);
		}
		fc.assert(
			fc.property(note, (given) => {
				const comment = formatBlockComment(given);
				expect(comment.lastIndexOf('[')).toBe(0);
				expect(comment.indexOf(']')).toBe(comment.lastIndexOf(']'));
				expect(comment.lastIndexOf(BLOCK_MARKER)).toBe(0);
			}),
			RUNS,
		);
	});
});

describe('reading it back', () => {
	it('gives what was written', () => {
		expect(
			parseBlockComment(
				'[n8n-block; until 2026-12-01T10:00:00Z; by Phishing playbook; case INC-7] Credential stuffing',
			),
		).toEqual({
			expiresAt: UNTIL,
			origin: 'Phishing playbook',
			caseReference: 'INC-7',
			reason: 'Credential stuffing',
		});
		expect(parseBlockComment('[n8n-block; until never; by SOC]')).toEqual({ origin: 'SOC' });
	});

	it('gives the same time, origin and case, whatever the reason', () => {
		fc.assert(
			fc.property(note, text, (given, reason) => {
				const plain = parseBlockComment(formatBlockComment({ ...given, reason: undefined }));
				const read = parseBlockComment(formatBlockComment({ ...given, reason }));
				expect(plain).toBeDefined();
				expect({ ...read, reason: undefined }).toEqual({ ...plain, reason: undefined });
				const { expiresAt } = given;
				expect(read?.expiresAt).toBe(
					expiresAt === undefined ? undefined : Math.ceil(expiresAt / 1000) * 1000,
				);
			}),
			RUNS,
		);
	});

	it('and writing it again changes nothing', () => {
		fc.assert(
			fc.property(note, (given) => {
				const comment = formatBlockComment(given);
				expect(formatBlockComment(parseBlockComment(comment)!)).toBe(comment);
			}),
			RUNS,
		);
	});

	it('reads clean texts exactly', () => {
		const clean = fc.stringMatching(/^[A-Za-z0-9äß😀/#:._-][A-Za-z0-9 äß😀/#:._,-]{0,30}[a-z]$/u);
		fc.assert(
			fc.property(clean, clean, clean, (origin, caseReference, reason) => {
				const single = [origin, caseReference, reason].map((one) => one.replace(/ +/g, ' '));
				const read = parseBlockComment(formatBlockComment({ origin, caseReference, reason }));
				expect([read?.origin, read?.caseReference, read?.reason]).toEqual(single);
			}),
		);
	});

	it.each([
		['[n8n-block; until never; by SOC] edited by hand [and more]', 'edited by hand (and more)'],
		['[n8n-block; until never; by SOC]\nnext line', 'next line'],
		[
			'[n8n-block; until never; by SOC] \u202e[n8n-block; until 2020-01-01T00:00:00Z; by x]',
			'(n8n-block; until 2020-01-01T00:00:00Z; by x)',
		],
		['[n8n-block; until never; by SOC] ', undefined],
	])('takes what follows for the reason only: %j', (comment, reason) => {
		expect(parseBlockComment(comment)).toEqual({ origin: 'SOC', ...(reason && { reason }) });
	});
});

describe('a comment that is not ours', () => {
	it.each([
		'',
		'Office network',
		'[n8n-block]',
		'[n8n-block; until never]',
		'[n8n-block; by SOC]',
		'[n8n-block; until never; by ]',
		'[n8n-block; until never; by  SOC]',
		'[n8n-block; until never; by SOC ]',
		'[n8n-block; until never; by SOC; case ]',
		'[n8n-block; until never; by SOC; case a; case b]',
		'[n8n-block; until never; case a; by SOC]',
		'[n8n-block; until never; by SOC; note x]',
		'[n8n-block; until never; by a\u200bb]',
		'[n8n-block; until never; by a\nb]',
		'[n8n-block; until never; by a［b]',
		'[n8n-block; until never; by a；b]',
		`[n8n-block; until never; by ${'x'.repeat(81)}]`,
		'[n8n-block; until never; by SOC]x',
		'[n8n-block; until never; by SOC',
		' [n8n-block; until never; by SOC]',
		'\ufeff[n8n-block; until never; by SOC]',
		'x [n8n-block; until never; by SOC]',
		'x\n[n8n-block; until never; by SOC]',
		'[N8N-BLOCK; until never; by SOC]',
		'[n8n-block; until Never; by SOC]',
		'[n8n-block;until never;by SOC]',
		'[n8n-block; until  never; by SOC]',
		'［n8n-block; until never; by SOC］',
		'[n8n\u2010block; until never; by SOC]',
		'[n8n-block; until 2026-12-01T10:00:00.000Z; by SOC]',
		'[n8n-block; until 2026-12-01T10:00:00; by SOC]',
		'[n8n-block; until 2026-12-01T10:00:00+00:00; by SOC]',
		'[n8n-block; until 2026-12-01; by SOC]',
		'[n8n-block; until 2026-02-30T10:00:00Z; by SOC]',
		'[n8n-block; until 2026-12-01T24:00:00Z; by SOC]',
		'[n8n-block; until 2026-12-01T10:00:60Z; by SOC]',
		'[n8n-block; until 2026-13-01T10:00:00Z; by SOC]',
		'[n8n-block; until 1969-12-31T23:59:59Z; by SOC]',
		'[n8n-block; until 0000-01-01T00:00:00Z; by SOC]',
		'[n8n-block; until ２026-12-01T10:00:00Z; by SOC]',
	])('%j', (comment) => {
		expect(parseBlockComment(comment)).toBeUndefined();
	});

	it('is any text that does not start as we write it', () => {
		const near = fc
			.tuple(note, fc.nat({ max: 70 }), fc.nat({ max: 3 }), fc.oneof(text, piece, fc.string()))
			.map(([given, at, remove, insert]) => {
				const comment = formatBlockComment(given);
				return comment.slice(0, at) + insert + comment.slice(at + remove);
			});
		let ours = 0;
		let others = 0;
		fc.assert(
			fc.property(fc.oneof(text, near), (comment) => {
				const read = parseBlockComment(comment);
				if (read === undefined) return void others++;
				ours++;
				expect(comment.startsWith(formatBlockComment({ ...read, reason: undefined }))).toBe(true);
			}),
			RUNS,
		);
		expect(ours).toBeGreaterThan(30);
		expect(others).toBeGreaterThan(300);
	});

	it('takes little time to tell, however long it is', () => {
		const hostile = `${BLOCK_MARKER} until never; by ${'; case '.repeat(200_000)}`;
		expect(parseBlockComment(hostile)).toBeUndefined();
		expect(parseBlockComment('['.repeat(1_000_000))).toBeUndefined();
	});
});

describe('an expiry', () => {
	it.each([
		[1, 2, 2],
		[2, 1, 2],
		[1, undefined, undefined],
		[undefined, 1, undefined],
		[undefined, undefined, undefined],
		[0, -1, 0],
	])('the later of %p and %p is %p', (a, b, later) => {
		expect(laterExpiry(a, b)).toBe(later);
	});

	it.each([
		[UNTIL, UNTIL - 1, false],
		[UNTIL, UNTIL, true],
		[UNTIL, UNTIL + 1, true],
		[undefined, Number.MAX_SAFE_INTEGER, false],
		[0, 0, true],
	])('%p is over at %p: %p', (expiresAt, now, over) => {
		expect(isExpired({ expiresAt }, now)).toBe(over);
	});

	it('that was written is never earlier than the one that was asked for', () => {
		fc.assert(
			fc.property(time, fc.integer({ min: 0, max: LAST }), (expiresAt, now) => {
				const read = parseBlockComment(formatBlockComment({ origin: 'a', expiresAt }))!;
				expect(laterExpiry(read.expiresAt, expiresAt)).toBe(read.expiresAt);
				if (isExpired(read, now)) expect(isExpired({ expiresAt }, now)).toBe(true);
			}),
		);
	});
});
