/**
 * People write addresses so that nobody follows them by mistake: `1[.]2[.]3[.]4`, `1(dot)2`, `hxxps[:]//`. Brackets may be
 * round, square or curly; a dot may have a blank on both sides.
 */
const BRACKETED = /[[({](\.|:|dot|:?\/\/)[\])}]/gi;
const SPACED_DOT = / [[({](?:\.|dot)[\])}] /gi;
/** `1\.2\.3\.4` from a regular expression, `http:\/\/` from JSON; doubled once or twice where it was quoted again. */
const ESCAPED = /\\{1,4}([.:/])/g;

/**
 * Undoes defanging. Takes time in proportion to the text. The scheme stays as it is (`hxxp`): nobody needs it.
 */
export function refang(text: string): string {
	return text
		.replace(SPACED_DOT, '.')
		.replace(BRACKETED, (_, mark: string) => (/^dot$/i.test(mark) ? '.' : mark))
		.replace(ESCAPED, '$1');
}
