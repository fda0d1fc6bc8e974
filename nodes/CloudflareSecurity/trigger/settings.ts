import type { IPollFunctions } from 'n8n-workflow';
import type { AuditEvent, AuditSource } from '../auditEvents/auditEvent';
import type { AuditFilters } from '../auditLog/readFilters';
import { readSource } from '../auditLog/sourceField';
import { sources } from '../auditLog/sources';
import { InputError } from '../input/inputError';
import { textList } from '../input/textList';
import { oneOf, wholeNumber, yesOrNo } from '../input/values';
import { eventGroups, isInGroups, type EventGroup } from '../auditEvents/groups';
import { parseTime } from '../time/parseTime';
import { checkRetention } from '../time/retention';
import { eventsPerPoll, lookBackMinutes } from './limits';

/** What the user chose, read and found good. */
export interface Settings {
	source: AuditSource;
	filters: AuditFilters;
	/** Whether an event belongs to what the user wants to know of. */
	matches(event: AuditEvent): boolean;
	/** How long after it happened an event may come in, in seconds. */
	lookBack: number;
	/** The most events that a poll hands over. */
	maxEvents: number;
	ignoreOwnChanges: boolean;
	rawEvent: boolean;
	/** Where the first poll begins, in milliseconds since 1970; with what is new when undefined. */
	startFrom?: number;
	/** What the user should know beside that. */
	note?: string;
}

type Given = Readonly<Record<string, unknown>>;

const collection = (value: unknown): Given =>
	typeof value === 'object' && value !== null ? (value as Given) : {};

function readGroups(value: unknown): Array<EventGroup['value']> {
	const words = eventGroups.map((group) => group.value);
	const texts = textList(value, { field: 'Trigger On' });
	if (texts.length === 0) {
		throw new InputError('Trigger On', 'nothing was chosen', `One or more of: ${words.join(', ')}`);
	}
	return texts.map((text) => oneOf(text, words, 'Trigger On'));
}

/** An option that was not added has its default. */
function numberOption(
	options: Given,
	{
		name,
		field,
		...range
	}: { name: string; field: string; min: number; max: number; usual: number },
): number {
	const value = Object.hasOwn(options, name) ? options[name] : range.usual;
	return wholeNumber(value, { field, min: range.min, max: range.max });
}

const flagOption = (options: Given, name: string, field: string): boolean =>
	Object.hasOwn(options, name) ? yesOrNo(options[name], field) : false;

const isEmpty = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function readStart(
	context: IPollFunctions,
	value: unknown,
	source: AuditSource,
	waitingSince: number | undefined,
) {
	if (isEmpty(value)) return {};
	const now = Date.now();
	// A time ago counts from the first try, also where that and those after it did not get through.
	const first = Math.min(waitingSince ?? now, now);
	const asked = parseTime(value, {
		field: 'Start From',
		now: first,
		timeZone: context.getTimezone(),
	});
	if (asked > now) {
		throw new InputError(
			'Start From',
			`${new Date(asked).toISOString()} lies in the future`,
			'A time in the past, or nothing for what is new',
		);
	}
	// An expression such as $now.minus(…) has moved on meanwhile.
	const startFrom = Math.min(asked, first);
	const note = checkRetention({ since: startFrom, before: now }, sources[source].retention, now);
	return { startFrom, ...(note === undefined ? {} : { note }) };
}

/**
 * Sends nothing.
 * @param waitingSince when the first poll was tried, as long as none has got through; milliseconds since 1970
 * @throws InputError when a field holds something that cannot be used
 */
export function readSettings(context: IPollFunctions, waitingSince?: number): Settings {
	const source = readSource(context.getNodeParameter('source', 'v2'));
	const groups = readGroups(context.getNodeParameter('triggerOn', ['everything']));
	const filters = sources[source].readFilters(
		collection(context.getNodeParameter('filters', {})),
		{},
	);
	const options = collection(context.getNodeParameter('options', {}));
	return {
		source,
		filters,
		matches: (event) => isInGroups(event, groups) && filters.tests.every((passes) => passes(event)),
		lookBack: numberOption(options, lookBackMinutes) * 60,
		maxEvents: numberOption(options, eventsPerPoll),
		// Version 1 does not tell which credential made a change.
		ignoreOwnChanges:
			source === 'v2' &&
			flagOption(options, 'ignoreOwnChanges', 'Ignore Changes Made by This Credential'),
		rawEvent: flagOption(options, 'rawEvent', 'Raw Event'),
		...readStart(context, options.startFrom, source, waitingSince),
	};
}
