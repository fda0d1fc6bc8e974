import type { IDataObject } from 'n8n-workflow';
import { failureOfOne } from '../../errorJson';
import type { PermissionName } from '../../../permissions';
import type { Place } from '../method';
import { presentPlace } from '../present';

/** A part that could not be read, though others could. */
export interface Unreadable {
	/** For people: "the IP access rules". */
	readonly what: string;
	readonly place?: Place;
	/** What reading it takes; left out where that is not why. */
	readonly permission?: PermissionName;
	readonly error: Error;
}

export type Part<T> = { readonly value: T } | { readonly unread: Unreadable };

/** @throws what has nothing to do with this part, such as a cancelled execution or a broken connection */
export async function readPart<T>(
	about: Omit<Unreadable, 'error'>,
	read: () => Promise<T>,
): Promise<Part<T>> {
	return await read().then(
		(value) => ({ value }),
		(error: unknown) => ({ unread: { ...about, error: failureOfOne(error) } }),
	);
}

export const presentUnreadable = ({ what, place, permission, error }: Unreadable): IDataObject => ({
	what,
	...(place === undefined ? {} : { place: presentPlace(place) }),
	reason: error.message,
	...(permission === undefined ? {} : { permission }),
});
