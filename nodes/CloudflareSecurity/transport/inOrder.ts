import { CONCURRENCY } from './paginate';

/**
 * Does the work for each input, eight at a time, and gives the results in the order of the inputs. What has not begun
 * when the caller stops reading, or when a work throws, is never begun.
 * @throws what the work throws, in its turn
 */
export async function* inOrder<T, R>(
	inputs: Iterable<T>,
	work: (input: T) => Promise<R>,
): AsyncGenerator<R> {
	const underWay: Array<Promise<R>> = [];
	for (const input of inputs) {
		const promise = work(input);
		// It may fail after the loop has ended.
		promise.catch(() => undefined);
		underWay.push(promise);
		if (underWay.length === CONCURRENCY) yield (await underWay.shift()) as R;
	}
	while (underWay.length > 0) yield (await underWay.shift()) as R;
}

/** All that comes, as a list. */
export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
	const result: T[] = [];
	for await (const value of values) result.push(value);
	return result;
}
