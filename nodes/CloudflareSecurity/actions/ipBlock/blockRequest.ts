import type { INodeProperties } from 'n8n-workflow';
import type { BlockNote } from '../../firewall/blockComment';
import { formatNetwork, type IpNetwork } from '../../firewall/ipAddress';
import { oneOf, optionalText, wholeNumber, yesOrNo } from '../../input/values';
import type { Item } from '../item';
import type { PlaceWish } from '../rulesetRule/place';
import { readSubjects, type Subject } from './addresses';
import { listNameOption, readListName } from './blocklist';
import { readExpiry } from './expiry';
import { guarded, guardOptions, readGuard, type Guarded, type GuardChoice } from './guard';
import type { Wish } from './job';
import { choosePlaces, readMethod, type Method, type PlaceChoice } from './method';
import type { Request } from '../requests';

const DEFAULT_MOST = 1_000;
export const MOST_FIELD = 'Max Addresses';

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		guardOptions.allowProtected,
		guardOptions.allowWide,
		{
			displayName: 'Case Reference',
			name: 'caseReference',
			type: 'string',
			default: '',
			placeholder: 'e.g. INC-4711',
			description: 'The ticket or case, which stands beside the block at Cloudflare',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to show the exact requests and their effect, without changing anything',
		},
		guardOptions.ipv6BlockSize,
		listNameOption,
		{
			displayName: MOST_FIELD,
			name: 'maxAddresses',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MOST,
			description:
				'How many different addresses one run may block. With more, the run fails and blocks none: a broken filter before this node should not block half the Internet.',
		},
		guardOptions.protectedNetworks,
		{
			displayName: 'Rule Position',
			name: 'rulePosition',
			type: 'options',
			options: [
				{ name: 'First', value: 'first', description: 'Before rules that let requests through' },
				{ name: 'Last', value: 'last' },
			],
			default: 'first',
			description: 'Where a new rule of the method List and Rule goes. One that is there stays.',
		},
	],
};

/** What one input item asks for. */
export interface BlockRequest extends Request {
	subjects: readonly Subject[];
	most: number;
	guard: GuardChoice;
	note: BlockNote;
	method: Method;
	places: PlaceChoice;
	list: string;
	position: PlaceWish;
	dryRun: boolean;
}

/** A number, as ticket systems give it, must not keep an address from being blocked. */
const wordsOf = (value: unknown, field: string): string | undefined =>
	optionalText(typeof value === 'number' ? String(value) : value, field);

function readNote(item: Item, now: number): BlockNote {
	const { caseReference } = item.collection('options');
	const expiresAt = readExpiry(item, now);
	const reason = wordsOf(item.value('reason', ''), 'Reason');
	const reference = wordsOf(caseReference, 'Case Reference');
	return {
		origin: item.context.getWorkflow().name ?? '',
		...(expiresAt === undefined ? {} : { expiresAt }),
		...(reason === undefined ? {} : { reason }),
		...(reference === undefined ? {} : { caseReference: reference }),
	};
}

/** @param now milliseconds since 1970. Sends nothing. @throws InputError */
export function readRequest(item: Item, place: number, now: number): BlockRequest {
	const options = item.collection('options');
	const { maxAddresses = DEFAULT_MOST, rulePosition = 'first' } = options;
	const most = wholeNumber(maxAddresses, { field: MOST_FIELD, min: 1 });
	const method = readMethod(item);
	const isFirst = oneOf(rulePosition, ['first', 'last'], 'Rule Position') === 'first';
	return {
		place,
		item,
		subjects: readSubjects(item, { most, field: MOST_FIELD }),
		most,
		guard: readGuard(item),
		note: readNote(item, now),
		method,
		places: choosePlaces(item, method),
		list: readListName(item),
		position: [isFirst ? { before: '' } : { after: '' }],
		dryRun: Object.hasOwn(options, 'dryRun') && yesOrNo(options.dryRun, 'Dry Run'),
	};
}

/** A request with what its subjects come to. */
export interface Judged extends BlockRequest {
	results: ReadonlyArray<{ subject: Guarded; wish?: Wish }>;
}

export function judge(request: BlockRequest, cloudflare: readonly IpNetwork[]): Judged {
	const results = request.subjects.map((each) => {
		const subject = guarded(each, request.guard, cloudflare);
		const { network, refused } = subject;
		if (!network || refused) return { subject };
		return {
			subject,
			wish: { subject, network, address: formatNetwork(network), note: request.note },
		};
	});
	return { ...request, results };
}
