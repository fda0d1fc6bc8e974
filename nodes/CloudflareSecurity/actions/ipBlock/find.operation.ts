import type { IDataObject } from 'n8n-workflow';
import { accountField } from '../../descriptions/targets';
import { formatNetwork, type IpNetwork } from '../../firewall/ipAddress';
import { permissions } from '../../permissions';
import { accountOf, checkAccount } from '../accountTarget';
import type { Item } from '../item';
import type { ItemOutcome, RunOperation } from '../operation';
import { chooseZones, zoneChoiceFields, type ZoneChoice } from '../zoneChoice';
import { addressFields, readSubjects, type Subject } from './addresses';
import { accountPlace, zonePlace, zoneSelector } from './method';
import { presentPlace, presentRefusal } from './present';
import { carryOutEach, groupedBy, placeKey, readAll, type Request } from '../requests';
import { presentFound } from './survey/found';
import { judge, setAside } from './survey/judge';
import { readSurvey, type Survey } from './survey/survey';
import { presentUnreadable } from './survey/unreadable';

/** Each costs no more requests than one, but for those of lists and rules that are too long to read. */
const MOST_ADDRESSES = { most: 10_000, field: 'Addresses' };

const zoneFields = zoneChoiceFields({
	name: zoneSelector.name,
	displayName: zoneSelector.displayName,
	description: 'The domains whose rules are looked at',
});

interface FindRequest extends Request {
	subjects: readonly Subject[];
	zones: ZoneChoice;
}

function readRequest(item: Item, place: number): FindRequest {
	checkAccount(item);
	return {
		place,
		item,
		subjects: readSubjects(item, MOST_ADDRESSES),
		zones: chooseZones(item, zoneSelector),
	};
}

async function look({ item, zones }: FindRequest, networks: readonly IpNetwork[]): Promise<Survey> {
	const account = await accountOf(item);
	const chosen = await zones.resolve();
	const survey = await readSurvey(item, {
		account,
		zones: chosen.map(zonePlace),
		...(zones.from === 'account' ? { wholeAccount: accountPlace(account) } : {}),
		networks,
	});
	if (!survey.isAnything) throw survey.unreadable[0].error;
	return survey;
}

/** Enough to see what they are; Get Many of Ruleset Rule has them all. Each address has its own copy in the output. */
const MOST_SET_ASIDE = 10;

function present(
	{ input, notes, network, refused }: Subject,
	survey: Survey,
	aside: readonly IDataObject[],
): IDataObject {
	const facts = { input, address: network ? formatNetwork(network) : null, notes: [...notes] };
	if (!network) return { ...facts, blocked: null, refusal: presentRefusal(refused), blocks: [] };
	const { blocked, everywhere, zones, found } = judge(survey, network);
	return {
		...facts,
		blocked: blocked ?? null,
		everywhere: everywhere ?? null,
		zones: zones.map((zone) => ({ ...presentPlace(zone.place), blocked: zone.blocked ?? null })),
		blocks: found.map(presentFound),
		setAside: aside.slice(0, MOST_SET_ASIDE),
		setAsideCount: aside.length,
		unreadable: survey.unreadable.map(presentUnreadable),
	};
}

export const find: RunOperation = {
	value: 'find',
	name: 'Find',
	action: 'Find what blocks IP addresses',
	description:
		'Find out for each IP address or network whether zones block it and by what: items of IP lists (also wider networks that contain it), IP access rules, and custom rules about addresses. Does not look up what lies in the lists of Cloudflare ($cf.…), managed rules, rate limits, rules about countries or AS numbers, and custom rules of the account.',
	fields: [...addressFields, ...zoneFields, accountField],
	permission: { account: permissions.filterListsRead, zone: permissions.zoneWafRead },
	async executeTogether(items) {
		const outcomes: ItemOutcome[] = items.map(() => []);
		const requests = await readAll(items, outcomes, readRequest);
		const networks = requests.flatMap(({ subjects }) =>
			subjects.flatMap(({ network }) => network ?? []),
		);
		const groups = groupedBy(requests, ({ item }) => placeKey(item));
		await carryOutEach(groups, outcomes, async (group) => {
			const isAsked = group.some(({ subjects }) => subjects.some(({ network }) => network));
			const survey: Survey = isAsked
				? await look(group[0], networks)
				: { lists: [], zones: [], unreadable: [], isAnything: true };
			const aside = setAside(survey);
			return new Map(
				group.map((request) => [
					request,
					request.subjects.map((subject) => present(subject, survey, aside)),
				]),
			);
		});
		return outcomes;
	},
};
