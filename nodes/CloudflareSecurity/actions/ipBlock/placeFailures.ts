import { failureKindOf } from '../../transport/errors';
import type { FailureKind } from '../../transport/failure';
import { isGeneral } from '../errorJson';
import type { Place } from './method';

/** Failures that the next request to the same zone or account would have too. */
const OF_PLACE: ReadonlySet<FailureKind | undefined> = new Set<FailureKind>([
	'credentialOrPermission',
	'notFound',
	'permission',
	'wrongId',
]);

export type Tried<T> = { readonly done: T } | { readonly error: unknown };

/** Works on several things in several places, and stops asking where the next request would fail like one before. */
export class PlaceFailures {
	private everywhere?: { readonly error: unknown };
	private readonly at = new Map<Place, { readonly error: unknown }>();

	/**
	 * Does the work, unless it is known to fail.
	 * @throws NodeApiError only when the execution was cancelled
	 */
	async attempt<T>(place: Place, work: () => Promise<T>): Promise<Tried<T>> {
		const known = this.everywhere ?? this.at.get(place);
		if (known) return known;
		return await work().then(
			(done) => ({ done }),
			(error: unknown) => {
				if (failureKindOf(error) === 'cancelled') throw error;
				const failure = { error };
				if (isGeneral(error)) this.everywhere = failure;
				else if (OF_PLACE.has(failureKindOf(error))) this.at.set(place, failure);
				return failure;
			},
		);
	}
}

export const reasonOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
