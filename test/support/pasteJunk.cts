import fc from 'fast-check';

const blanks = fc.string({
	unit: fc.constantFrom(' ', '\t', '\n', '\r', '\u00a0', '\ufeff'),
	maxLength: 3,
});
const quotes = fc.string({ unit: fc.constantFrom('"', "'", ' ', '\n'), maxLength: 3 });
const bearer = fc.tuple(
	fc.constantFrom('Bearer', 'bearer', 'BEARER'),
	fc.string({ unit: fc.constantFrom(' ', '\t', '\n'), minLength: 1, maxLength: 2 }),
);

/** What gets pasted before and after a token: blanks, quotes, line breaks, the word Bearer. */
export const pasteJunk: fc.Arbitrary<[before: string, after: string]> = fc.tuple(
	fc
		.tuple(blanks, quotes, fc.option(bearer), quotes)
		.map(([a, b, word, c]) => a + b + (word ?? []).join('') + c),
	fc.tuple(quotes, blanks).map((parts) => parts.join('')),
);
