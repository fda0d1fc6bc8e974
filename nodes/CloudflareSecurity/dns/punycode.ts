/** RFC 3492, section 5: the parameters of Punycode. */
const BASE = 36;
const LEAST = 1;
const MOST = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_POINT = 0x80;
const LAST_POINT = 0x10ffff;

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** RFC 3492, section 6.1. */
function adapt(delta: number, points: number, isFirst: boolean): number {
	let left = Math.floor(delta / (isFirst ? DAMP : 2));
	left += Math.floor(left / points);
	let bias = 0;
	while (left > ((BASE - LEAST) * MOST) / 2) {
		left = Math.floor(left / (BASE - LEAST));
		bias += BASE;
	}
	return bias + Math.floor(((BASE - LEAST + 1) * left) / (left + SKEW));
}

/** RFC 3492, section 6.2. @returns undefined when the text is no Punycode */
function decode(text: string): string | undefined {
	const end = Math.max(text.lastIndexOf('-'), 0);
	const points = [...text.slice(0, end)];
	let bias = FIRST_BIAS;
	let point = FIRST_POINT;
	let place = 0;
	let at = end === 0 ? 0 : end + 1;
	while (at < text.length) {
		const before = place;
		let weight = 1;
		for (let step = BASE; ; step += BASE) {
			const digit = DIGITS.indexOf(text.charAt(at));
			if (at >= text.length || digit < 0) return undefined;
			at += 1;
			place += digit * weight;
			const threshold = Math.min(Math.max(step - bias, LEAST), MOST);
			if (digit < threshold) break;
			weight *= BASE - threshold;
		}
		const count = points.length + 1;
		bias = adapt(place - before, count, before === 0);
		point += Math.floor(place / count);
		if (point > LAST_POINT) return undefined;
		place %= count;
		points.splice(place, 0, String.fromCodePoint(point));
		place += 1;
	}
	return points.join('');
}

/**
 * A domain name in small letters with its Punycode labels in their own script; a label that is none stays as it is.
 * Node has this in `node:url`, which n8n does not let community nodes import.
 */
export const toUnicode = (name: string): string =>
	name.replace(/(?<=^|\.)xn--([^.]+)/g, (label, text: string) => decode(text) ?? label);
