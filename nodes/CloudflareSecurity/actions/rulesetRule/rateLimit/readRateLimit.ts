import { checkExpression } from '../../../firewall/expression';
import { InputError, shown } from '../../../input/inputError';
import { wholeNumber, yesOrNo } from '../../../input/values';
import { isMembers, type Fields } from '../fields';
import { challenges } from '../ruleActions/phaseActions';
import {
	checkCharacteristics,
	COLO,
	mergeCharacteristics,
	namedParts,
	type Parts,
} from './characteristics';
import { knownPeriods, labels } from './rateLimitFields';

type RateLimit = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, unknown>>;

/** One member of the API's record each; undefined takes it away. @throws InputError when the value is of no use */
const readers: Readonly<Record<string, { member: string; read: (value: unknown) => unknown }>> = {
	period: {
		member: 'period',
		read: (value) => {
			const seconds = wholeNumber(value, { field: labels.period, min: 1 });
			if (knownPeriods.includes(seconds)) return seconds;
			throw new InputError(
				labels.period,
				`got ${shown(value)}`,
				`One of: ${knownPeriods.join(', ')} (seconds)`,
			);
		},
	},
	requestsPerPeriod: {
		member: 'requests_per_period',
		read: (value) => wholeNumber(value, { field: labels.requests, min: 1 }),
	},
	mitigationTimeout: {
		member: 'mitigation_timeout',
		read: (value) => wholeNumber(value, { field: labels.timeout, min: 0 }),
	},
	countingExpression: {
		member: 'counting_expression',
		read: (value) => (value === '' ? undefined : checkExpression(value, labels.counting)),
	},
	requestsToOrigin: {
		member: 'requests_to_origin',
		read: (value) => yesOrNo(value, labels.origin),
	},
};

const partNames = ['characteristics', ...namedParts] as const;

const readMembers = (given: Members): Members =>
	Object.fromEntries(
		Object.entries(readers)
			.filter(([name]) => Object.hasOwn(given, name))
			.map(([name, { member, read }]) => [member, read(given[name])]),
	);

const readParts = (given: Members): Parts =>
	Object.fromEntries(
		partNames.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]),
	);

const withoutUndefined = (value: Members): RateLimit =>
	Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));

/**
 * The limit of a new rule.
 * @param action whose own default the mitigation timeout has
 * @throws InputError when a field holds something that is no use
 */
export function readRateLimit(fields: Fields, action: string): RateLimit {
	const given = {
		characteristics: fields.value('characteristics', ['ip.src']),
		period: fields.value('period', 10),
		requestsPerPeriod: fields.value('requestsPerPeriod', 100),
		mitigationTimeout: fields.value('mitigationTimeout', challenges.includes(action) ? 0 : 10),
		...fields.collection('rateLimitOptions'),
	};
	return withoutUndefined({
		characteristics: mergeCharacteristics(readParts(given)),
		...readMembers(given),
	});
}

/** A change of a limit, to be made once the limit is known. */
export type RateLimitChange = (before: unknown) => RateLimit;

/** @returns undefined when the collection holds no part of a limit @throws InputError as `readRateLimit` */
export function readRateLimitChange(given: Members): RateLimitChange | undefined {
	const members = readMembers(given);
	const parts = readParts(given);
	const changesParts = Object.keys(parts).length > 0;
	if (!changesParts && Object.keys(members).length === 0) return undefined;
	// So that a part that is of no use is refused before any request.
	if (changesParts) mergeCharacteristics(parts, ['some characteristic']);
	return (before) => {
		const old = isMembers(before) ? before : {};
		const list = Array.isArray(old.characteristics) ? old.characteristics.map(String) : [];
		return withoutUndefined({
			...old,
			...members,
			...(changesParts ? { characteristics: mergeCharacteristics(parts, list) } : {}),
		});
	};
}

/** @throws InputError when a limit that came as a whole is none */
export function checkRateLimit(value: unknown, field: string): void {
	const list = isMembers(value) ? value.characteristics : undefined;
	if (!Array.isArray(list) || !list.includes(COLO)) {
		throw new InputError(
			`${field} → characteristics`,
			`got ${shown(list)}`,
			`A list with ${COLO}, which Cloudflare requires, and what tells clients apart, such as ip.src`,
		);
	}
	checkCharacteristics(list, `${field} → characteristics`);
}
