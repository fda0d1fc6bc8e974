import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { hintOnce } from '../hint';
import type { ItemOutcome } from '../operation';
import { listed, number } from './wording';

interface PlaceFacts extends IDataObject {
	outcome: string;
	reason?: string;
	name?: string;
	id: string;
}

/** Says beside the output what was refused, widened or merged, and where a block does not hold. */
export function tellOfBlocks(context: IExecuteFunctions, outcomes: readonly ItemOutcome[]): void {
	const records = outcomes
		.flatMap((outcome) => (Array.isArray(outcome) ? outcome : []))
		.filter(({ error }) => error === undefined);
	const say = (message: string) => hintOnce(context, message);

	const refused = records.filter(({ outcome }) => outcome === 'refused');
	if (refused.length > 0) {
		const reasons = refused.map(({ refusal }) => String((refusal as IDataObject).reason));
		say(
			`${number(refused.length, 'address was', 'addresses were')} refused: ${listed([...new Set(reasons)])}.`,
		);
	}
	const done = records.filter(({ outcome }) => outcome !== 'refused');
	const widened = done.filter(({ widenedTo }) => widenedTo !== undefined);
	if (widened.length > 0) {
		const texts = widened.map(({ input, widenedTo }) => `${String(input)} to ${String(widenedTo)}`);
		say(`Widened, as IPv6 Block Size says: ${listed([...new Set(texts)])}.`);
	}
	const merged = done.length - new Set(done.map(({ address }) => address)).size;
	if (merged > 0) {
		say(
			`${number(merged, 'address was', 'addresses were')} named more than once or lie in the same network; each network is blocked once.`,
		);
	}
	const lacking = new Map(
		done
			.flatMap(({ address, places }) =>
				(places as PlaceFacts[]).map((place) => ({ address: String(address), ...place })),
			)
			.filter(({ outcome }) => ['ruleInactive', 'overruled', 'failed', 'refused'].includes(outcome))
			.map(({ address, id, name, outcome, reason }) => {
				// A list's rule concerns all addresses alike, the others one of them.
				const isOfAddress = outcome === 'refused' || outcome === 'overruled';
				const what = isOfAddress ? `${name ?? id} (${address})` : (name ?? id);
				return [what, `${what}: ${reason ?? 'unknown reason'}`] as const;
			}),
	);
	if (lacking.size > 0) say(`Not blocked in ${listed([...lacking.values()])}.`);
}
