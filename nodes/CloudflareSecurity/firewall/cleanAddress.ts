import { shown } from '../input/inputError';
import { splitAddressText, unwrapped, type AddressParts } from './addressText';
import { formatNetwork, parseNetwork, type IpNetwork } from './ipAddress';
import { unmapped } from './network';
import { refang } from './refang';
import type { Refusal } from './refusal';

export type CleanNoteCode =
	| 'defanged'
	| 'hostOfUrl'
	| 'portDropped'
	| 'mappedIpv4'
	| 'hostBitsCleared';

/** What was done to a text until it was an address. */
export interface CleanNote {
	readonly code: CleanNoteCode;
	/** For people: a sentence in one line, without a final period. */
	readonly text: string;
}

export type CleanRefusalCode =
	| 'empty'
	| 'notText'
	| 'severalValues'
	| 'hostName'
	| 'zoneIdentifier'
	| 'octalForm'
	| 'hexadecimalForm'
	| 'shortForm'
	| 'wholeNumber'
	| 'unusualCharacters'
	| 'badPrefix'
	| 'badPort'
	| 'notAnAddress';

export type CleanRefusal = Refusal<CleanRefusalCode>;
export interface CleanedAddress {
	readonly network: IpNetwork;
	readonly notes: readonly CleanNote[];
}
export type CleanResult = CleanedAddress | { readonly refused: CleanRefusal };

type Problem = readonly [code: CleanRefusalCode, sentence: string];

/** Room for a long URL; more is a log, not an address. */
const LONGEST_TEXT = 4096;
/** RFC 1035, section 2.3.4: no name is longer, and an address with a zone identifier hardly. */
const LONGEST_HOST = 255;
const HIGHEST_PORT = 65_535;
const NOT_AN_ADDRESS: Problem = ['notAnAddress', 'is no IP address or network'];
const WHOLE_NUMBER: Problem = [
	'wholeNumber',
	'is a whole number; write the address with dots, because programs read numbers differently',
];
const NUMBERS_WITH_DOTS = /^\d+(?:\.\d+)*$/;
const WITH_HEXADECIMAL = /^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*$/i;
const NAME = /^[\p{L}\p{M}\p{N}_.-]*\p{L}[\p{L}\p{M}\p{N}_.-]*$/u;

/**
 * Makes an address or network of what an alert or a person wrote for one: in quotes or brackets, defanged, with a port,
 * as the host of a URL, as IPv4 inside IPv6, with host bits. What programs read differently is refused, never guessed:
 * octal, hexadecimal, short and whole-number forms, zone identifiers, and digits or dots of other scripts, which look
 * the same and are no addresses to most programs.
 *
 * @param value what stands in the field; anything but text is refused
 * @returns the network and what was done to get it, or why there is none
 */
export function cleanAddress(value: unknown): CleanResult {
	if (value === undefined || value === null) return refused(value, ['empty', 'was given']);
	if (typeof value === 'number' || typeof value === 'bigint') {
		return refused(String(value), WHOLE_NUMBER);
	}
	if (typeof value !== 'string') {
		const kind = Array.isArray(value) ? 'a list' : `a value of the type ${typeof value}`;
		return { refused: { code: 'notText', reason: `${kind} is no text` } };
	}
	if (value.length > LONGEST_TEXT) return refused(value, NOT_AN_ADDRESS);
	const refanged = refang(value);
	const text = unwrapped(refanged);
	const problem = textProblem(text);
	if (problem) return refused(value, problem);
	const parts = splitAddressText(text);
	if (!parts) return refused(value, NOT_AN_ADDRESS);
	const host = parts.host.replace(/\.$/, '');
	const address = parseNetwork(host);
	if (!address) return refused(value, hostProblem(host));
	const network = parts.prefix === undefined ? address : parseNetwork(`${host}/${parts.prefix}`);
	if (!network) {
		const most = address.prefix;
		return refused(value, ['badPrefix', `needs a whole number from 0 to ${most} after the slash`]);
	}
	if (parts.port !== undefined && !isPort(parts.port)) {
		return refused(value, ['badPort', `needs a port from 0 to ${HIGHEST_PORT} after the colon`]);
	}
	const notes = notesOn(parts, address, network);
	if (refanged !== value) notes.unshift({ code: 'defanged', text: 'the defanging was undone' });
	return { network: unmapped(network), notes };
}

function notesOn(parts: AddressParts, address: IpNetwork, network: IpNetwork): CleanNote[] {
	const notes: CleanNote[] = [];
	if (parts.isUrl) notes.push({ code: 'hostOfUrl', text: 'the host of a URL was taken' });
	if (parts.port) notes.push({ code: 'portDropped', text: `the port ${parts.port} was dropped` });
	if (address.address !== network.address) {
		const written = `${formatNetwork(address)}/${network.prefix}`;
		notes.push({ code: 'hostBitsCleared', text: `the host bits of ${written} were cleared` });
	}
	const plain = unmapped(network);
	if (plain !== network) {
		const text = `${formatNetwork(network)} is ${formatNetwork(plain)} in IPv4`;
		notes.push({ code: 'mappedIpv4', text });
	}
	return notes;
}

/** What is wrong with a text as a whole. */
function textProblem(text: string): Problem | undefined {
	if (text === '') return ['empty', 'holds no address'];
	const words = text.split(/[\s,;|]+/u);
	if (words.length > 1 && /\s/u.test(text)) {
		return words.some((word) => parseNetwork(unwrapped(word)))
			? ['severalValues', 'holds more than one value; one address is needed']
			: NOT_AN_ADDRESS;
	}
	return undefined;
}

/** What is wrong with a host that is no address in the one accepted form. */
function hostProblem(host: string): Problem {
	if (host === '' || host.length > LONGEST_HOST) return NOT_AN_ADDRESS;
	if (/[,;|]/.test(host) && host.split(/[,;|]/).some((part) => parseNetwork(part))) {
		return ['severalValues', 'holds more than one value; one address is needed'];
	}
	if (host.includes('%') && parseNetwork(host.slice(0, host.indexOf('%')))) {
		return ['zoneIdentifier', 'has a zone identifier, which means something on one computer only'];
	}
	if (NUMBERS_WITH_DOTS.test(host)) return numberProblem(host.split('.'));
	if (WITH_HEXADECIMAL.test(host)) {
		return [
			'hexadecimalForm',
			'has hexadecimal parts; write decimal numbers, because programs read those differently',
		];
	}
	if (/[^\x20-\x7e]/.test(host) && !isNameLike(host)) {
		return [
			'unusualCharacters',
			'holds characters that only look like those of an address, or that cannot be seen',
		];
	}
	if (NAME.test(host)) {
		return ['hostName', 'is a name; only addresses are blocked, because a name can point anywhere'];
	}
	return NOT_AN_ADDRESS;
}

function numberProblem(numbers: readonly string[]): Problem {
	if (numbers.length === 1) return WHOLE_NUMBER;
	if (numbers.length > 4) return NOT_AN_ADDRESS;
	if (numbers.some((number) => number.length > 1 && number.startsWith('0'))) {
		return ['octalForm', 'has a number with a leading zero, which some programs read as octal'];
	}
	if (numbers.length < 4) {
		return ['shortForm', 'is short; write all four numbers, because programs fill it differently'];
	}
	return ['notAnAddress', 'is no IP address: each number goes from 0 to 255'];
}

/** A name in any script, and not an address in another script's digits or dots. */
function isNameLike(host: string): boolean {
	return NAME.test(host) && !WITH_HEXADECIMAL.test(host.normalize('NFKC'));
}

function isPort(text: string): boolean {
	return /^\d{1,5}$/.test(text) && Number(text) <= HIGHEST_PORT;
}

function refused(value: unknown, [code, sentence]: Problem): CleanResult {
	return { refused: { code, reason: `${shown(value)} ${sentence}` } };
}
