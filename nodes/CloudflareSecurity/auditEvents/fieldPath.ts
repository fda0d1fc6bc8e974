/** Where a value stands inside a record: names of members, and places in lists counted from 0. */
export type FieldPath = ReadonlyArray<string | number>;

/** Stands for the value itself; no member's name is written like this. */
export const WHOLE_VALUE = '(whole value)';

const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;

/** As people and JSON paths write it: `settings.hosts[0].name`; other names are quoted: `headers["x.y"]`. */
export function pathText(path: FieldPath): string {
	if (path.length === 0) return WHOLE_VALUE;
	const text = path.map((part) => {
		if (typeof part === 'number') return `[${part}]`;
		return PLAIN_NAME.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
	});
	return text.join('').replace(/^\./, '');
}
