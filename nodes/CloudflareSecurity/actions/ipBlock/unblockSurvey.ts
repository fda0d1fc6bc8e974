import type { IpNetwork } from '../../firewall/ipAddress';
import { InputError } from '../../input/inputError';
import { permissions } from '../../permissions';
import type { Zone } from '../../targets/zone';
import { collect, inOrder } from '../../transport/inOrder';
import { hexId, type PathSegment } from '../../transport/path';
import { accountOf } from '../accountTarget';
import type { Item } from '../item';
import { checkPlace, zonePlace, type Place } from './method';
import { readSurvey, type Survey, type SurveyWish } from './survey/survey';
import { readPart, type Part, type Unreadable } from './survey/unreadable';
import type { UnblockRequest } from './unblockRequest';

const accountIdOf = async (item: Item, { scope: { path }, zone }: Place): Promise<PathSegment> => {
	const id =
		zone?.account ??
		(await item.lookUp(['account of', path.text], async () => {
			const { result } = await item.client.send<Zone>({ method: 'GET', path, expect: 'object' });
			return result.account?.id;
		}));
	return hexId(id, { field: 'Account' });
};

/** The account in whose lists all the zones look addresses up. */
async function commonAccount(item: Item, zones: readonly Place[]): Promise<Part<PathSegment>> {
	const found = await readPart(
		{ what: 'the account of the zones', permission: permissions.zoneRead },
		async () => collect(inOrder(zones, async (zone) => await accountIdOf(item, zone))),
	);
	if ('unread' in found) return found;
	const accounts = [...new Set(found.value)];
	if (accounts.length === 1) return { value: accounts[0] };
	const error = new Error(`the zones are in several accounts: ${accounts.join(', ')}`);
	return { unread: { what: 'the IP lists', permission: permissions.filterListsRead, error } };
}

/** So that it is not asked for again. */
const withAccount = (place: Place, account: PathSegment): Place =>
	place.zone ? { ...place, zone: { ...place.zone, account } } : place;

/**
 * Zones of another account look addresses up in other lists. That is told, and no reason to leave a block in this one,
 * unless no other zone was named.
 * @throws InputError when all of them are in other accounts
 */
async function withoutForeign(
	item: Item,
	account: PathSegment,
	places: readonly Place[],
): Promise<{ places: readonly Place[]; unread: readonly Unreadable[] }> {
	const checked = await collect(
		inOrder(places, async (place) => {
			const error = await checkPlace(item, account, place).then(
				() => undefined,
				(reason: unknown) => reason,
			);
			if (error !== undefined && !(error instanceof InputError)) throw error;
			return { place, error };
		}),
	);
	const own = checked.flatMap(({ place, error }) => (error ? [] : [place]));
	const foreign = checked.flatMap(({ place, error }) => (error ? [{ place, error }] : []));
	if (own.length === 0 && foreign.length > 0) throw foreign[0].error;
	return { places: own, unread: foreign.map((each) => ({ what: 'the zone', ...each })) };
}

/** What else may block, in all zones that the fields name. @param places where blocks are removed */
export async function readRest(
	{ item, zones, method }: UnblockRequest,
	{ places, networks }: { places: readonly Place[]; networks: readonly IpNetwork[] },
	known: Pick<SurveyWish, 'knownLists'>,
): Promise<Survey> {
	const isAccount = method === 'accessRule' && zones.from === 'account';
	// The field for the account is hidden where access rules of zones are removed.
	const account: Part<PathSegment> =
		method === 'list' || isAccount
			? { value: await accountOf(item) }
			: await commonAccount(item, places);
	const named = isAccount ? (await zones.resolve()).map(zonePlace) : places;
	const { places: zonePlaces, unread } =
		method === 'list' && 'value' in account
			? await withoutForeign(item, account.value, named)
			: { places: named, unread: [] };
	const survey = await readSurvey(item, {
		...known,
		...('value' in account ? { account: account.value } : {}),
		zones:
			'value' in account && method === 'accessRule'
				? zonePlaces.map((place) => withAccount(place, account.value))
				: zonePlaces,
		...(isAccount ? { wholeAccount: places[0] } : {}),
		networks,
	});
	const others = 'value' in account ? unread : [account.unread];
	return { ...survey, unreadable: [...others, ...survey.unreadable] };
}
