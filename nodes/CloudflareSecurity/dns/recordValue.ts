import { InputError, shown } from '../input/inputError';
import { uint16 } from './partChecks';
import type { RecordType } from './recordTypes';

/** What a record says, as the API takes it. */
export interface RecordValue {
	content?: string;
	priority?: number;
	data?: Readonly<Record<string, unknown>>;
}

/** What was given for it, unchecked. */
export type GivenValue = Readonly<Partial<Record<keyof RecordValue, unknown>>>;

/** What the user sees above the field of a part: of content, of priority, or of a part of the data. */
export type FieldNames = (part: string) => string;

interface Wrong {
	field: string;
	problem: string;
	expected: string;
}

/** @throws InputError that names every field that does not fit, each with what would */
function refuse(wrong: readonly Wrong[]): void {
	if (wrong.length === 0) return;
	const [{ field, problem, expected }] = wrong;
	if (wrong.length === 1) {
		const capital = `${expected.charAt(0).toUpperCase()}${expected.slice(1)}`;
		throw new InputError(field, problem, capital);
	}
	const list = (key: 'problem' | 'expected') =>
		wrong.map((each) => `${each.field}: ${each[key]}`).join('; ');
	throw new InputError('Record Data', `these do not fit. ${list('problem')}`, list('expected'));
}

const isMissing = (value: unknown) => value === undefined || value === null || value === '';

/** The parts of the data, cleaned; what is wrong is added to the list. */
function readData(
	parts: NonNullable<RecordType['data']>,
	given: unknown,
	names: FieldNames,
	wrong: Wrong[],
): Record<string, unknown> {
	const source = (given ?? {}) as Readonly<Record<string, unknown>>;
	const data: Record<string, unknown> = {};
	for (const [name, { check, optional }] of Object.entries(parts)) {
		const value = Object.hasOwn(source, name) ? source[name] : undefined;
		// An empty text is a value where the check takes one.
		const cleaned = check.clean(value);
		if (cleaned !== undefined) data[name] = cleaned;
		else if (!isMissing(value) || !optional) {
			wrong.push({ field: names(name), problem: `got ${shown(value)}`, expected: check.expected });
		}
	}
	const known = Object.keys(parts);
	const unknown = Object.keys(source).filter((name) => !known.includes(name));
	for (const name of unknown) {
		wrong.push({
			field: names(name),
			problem: 'this type has no such part',
			expected: `one of: ${known.join(', ')}`,
		});
	}
	return data;
}

/**
 * Checks what a record of this type shall say, completely.
 * @throws InputError that names every field that does not fit
 */
export function readValue(type: RecordType, given: GivenValue, names: FieldNames): RecordValue {
	const wrong: Wrong[] = [];
	const value: RecordValue = {};
	const read = (part: 'content' | 'priority', check: typeof uint16) => {
		const cleaned = check.clean(given[part]);
		if (cleaned !== undefined) return cleaned;
		const problem = `got ${shown(given[part])}`;
		wrong.push({ field: names(part), problem, expected: check.expected });
		return undefined;
	};
	if (type.content) value.content = read('content', type.content) as string;
	if (type.data) value.data = readData(type.data, given.data, names, wrong);
	if (type.priority) value.priority = read('priority', uint16) as number;
	refuse(wrong);
	return value;
}

const textOf = (value: unknown): string =>
	typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** What the parts of a record that is there look like after the same cleaning. */
function comparable(type: RecordType, { content, data }: GivenValue): string {
	if (type.data) {
		const source = (data ?? {}) as Readonly<Record<string, unknown>>;
		const parts = Object.entries(type.data).map(
			([name, { check, optional }]) =>
				check.clean(source[name]) ?? (optional ? 0 : textOf(source[name])),
		);
		return JSON.stringify(parts);
	}
	const text = textOf(type.content?.clean(content) ?? content);
	return type.comparable?.(text) ?? text;
}

/** Whether both say the same; a priority beside the content is not looked at. */
export const saysTheSame = (type: RecordType, one: GivenValue, other: GivenValue): boolean =>
	comparable(type, one) === comparable(type, other);
