import { targetName } from './names.cjs';

/** Checks one part of a record's data: the value as stored, or what it has to be. */
export type Part = (value: unknown) => { value: string | number } | { must: string };

const check =
	(must: string, test: (value: unknown) => boolean): Part =>
	(value) =>
		test(value) ? { value: value as string | number } : { must };

export const whole = (least: number, most: number): Part =>
	check(
		`be a whole number from ${least} to ${most}`,
		(value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
	);
export const uint8 = whole(0, 255);
export const uint16 = whole(0, 65535);
export const decimal = (least: number, most: number): Part =>
	check(
		`be a number from ${least} to ${most}`,
		(value) => typeof value === 'number' && value >= least && value <= most,
	);
export const oneOf = (...values: string[]): Part =>
	check(`be one of ${values.join(', ')}`, (value) => values.includes(String(value)));
/** Any text; it may be empty. */
export const text: Part = check('be text without line breaks', (value) => isLine(value));
export const filled: Part = check('be text', (value) => isLine(value) && value !== '');
export const hex: Part = check(
	'be hexadecimal digits',
	(value) => typeof value === 'string' && /^(?:[0-9a-f]{2})+$/i.test(value.replace(/\s/g, '')),
);
export const base64: Part = check(
	'be Base64',
	(value) => typeof value === 'string' && /^[A-Za-z0-9+/\s]+={0,2}$/.test(value),
);
export const host: Part = (value) => {
	const name = typeof value === 'string' ? targetName(value) : undefined;
	return name === undefined ? { must: 'be a host name' } : { value: name };
};

function isLine(value: unknown): boolean {
	return typeof value === 'string' && !/[\r\n]/.test(value);
}
