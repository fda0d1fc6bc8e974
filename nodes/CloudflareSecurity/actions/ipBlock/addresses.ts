import type { INodeProperties } from 'n8n-workflow';
import { cleanAddress } from '../../firewall/cleanAddress';
import { findAddresses } from '../../firewall/findAddresses';
import { formatNetwork, type IpNetwork } from '../../firewall/ipAddress';
import type { Refusal } from '../../firewall/refusal';
import { InputError, shown } from '../../input/inputError';
import { oneOf } from '../../input/values';
import type { Item } from '../item';

export const addressFields: INodeProperties[] = [
	{
		displayName: 'Addresses From',
		name: 'addressesFrom',
		type: 'options',
		options: [
			{
				name: 'Addresses',
				value: 'addresses',
				description: 'A field that holds an address, or several',
			},
			{
				name: 'Free Text',
				value: 'text',
				description: 'Addresses are found in a text, such as the message of an alert',
			},
		],
		default: 'addresses',
		description: 'Where the addresses stand',
	},
	{
		displayName: 'Addresses',
		name: 'addresses',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7, 2001:db8::/64',
		description:
			'IP addresses or networks, separated by commas or lines, or a list from an expression. Defanged ones (1[.]2[.]3[.]4) and those with a port are taken; octal, hexadecimal and short forms are refused.',
		displayOptions: { show: { addressesFrom: ['addresses'] } },
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Failed logins from 203.0.113.7 and 2001:db8::7',
		description:
			'A text in which addresses stand, defanged or not. Versions, times and paths that only look like addresses are left out.',
		displayOptions: { show: { addressesFrom: ['text'] } },
	},
];

/** An address that an input item names, or why it names none. */
export interface Subject {
	/** As it was written. */
	readonly input: string;
	readonly network?: IpNetwork;
	/** What was done to make an address of it, a sentence each. */
	readonly notes: readonly string[];
	readonly refused?: Refusal;
	/** It was found in a free text. */
	readonly isFromText?: true;
}

/** A limit that the user can see. */
export interface MostAddresses {
	/** How many different ones at most. */
	most: number;
	/** The field that says so. */
	field: string;
}

function subjectOf(value: unknown): Subject {
	const input = typeof value === 'string' ? value.trim() : shown(value);
	const result = cleanAddress(value);
	if ('refused' in result) return { input, notes: [], refused: result.refused };
	return { input, network: result.network, notes: result.notes.map(({ text }) => text) };
}

/** Lines and commas part addresses; blanks do only where each part is one: "1 [.] 2" is one address. */
function subjectsIn(value: unknown): Subject[] {
	if (typeof value !== 'string') return [subjectOf(value)];
	const parts = value.split(/[\n,;]+/).filter((part) => part.trim() !== '');
	return parts.flatMap((part) => {
		const words = part.trim().split(/\s+/);
		// A text with something else in it is no list; what an attacker wrote there is not picked apart.
		const subjects = words.length > 1 ? words.map(subjectOf) : [];
		const isList = subjects.length > 0 && subjects.every(({ network }) => network);
		return isList ? subjects : [subjectOf(part)];
	});
}

const NOTHING: Subject = {
	input: '',
	notes: [],
	refused: { code: 'empty', reason: 'nothing was given' },
};

function subjectsInText(value: unknown, { most, field }: MostAddresses): Subject[] {
	if (value !== undefined && value !== null && typeof value !== 'string') {
		throw new InputError('Text', `got ${shown(value)}`, 'A text');
	}
	const { addresses, more } = findAddresses(value ?? '', most);
	if (more) throw tooMany(field, `the text names more than ${most}`, most);
	if (addresses.length === 0) {
		const reason = 'the text holds no address';
		return [{ input: '', notes: [], refused: { code: 'noAddressFound', reason } }];
	}
	return addresses.map(({ text, network, notes }) => ({
		input: text,
		network,
		notes: notes.map((note) => note.text),
		isFromText: true,
	}));
}

const tooMany = (field: string, problem: string, most: number) =>
	new InputError(field, problem, `At most ${most} addresses in one run, or a higher limit`);

/**
 * The addresses that an input item names, in their order. What is no address is told, not thrown, so that the others can
 * be worked on.
 * @throws InputError when the fields hold something else than texts, or too many addresses
 */
export function readSubjects(item: Item, limit: MostAddresses): Subject[] {
	const from = oneOf(
		item.value('addressesFrom', 'addresses'),
		['addresses', 'text'],
		'Addresses From',
	);
	if (from === 'text') return subjectsInText(item.value('text', ''), limit);
	const value = item.value('addresses', '');
	const subjects = (Array.isArray(value) ? value : [value]).flatMap(subjectsIn);
	return subjects.length > 0 ? subjects : [NOTHING];
}

/** @throws InputError when the input items name more different addresses than one run may work on */
export function checkCount(subjects: readonly Subject[], { most, field }: MostAddresses): void {
	const different = new Set(
		subjects.flatMap(({ network }) => (network ? [formatNetwork(network)] : [])),
	).size;
	if (different > most) {
		throw tooMany(field, `the run names ${different} addresses, more than ${most}`, most);
	}
}
