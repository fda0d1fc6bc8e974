/** What happens to a list: elements that go, by their old place, and elements that come, by their new one. */
export interface ListEdit {
	removed: number[];
	added: number[];
}

/** Longer lists are not searched for what they have in common: the effort grows with the product of their lengths. */
const MAX_SEARCHED = 200;

/** How long the longest common part of the lists from each pair of places on is. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
	const lengths = Array.from({ length: before.length + 1 }, () =>
		new Array<number>(after.length + 1).fill(0),
	);
	for (let old = before.length - 1; old >= 0; old -= 1) {
		for (let now = after.length - 1; now >= 0; now -= 1) {
			lengths[old][now] =
				before[old] === after[now]
					? lengths[old + 1][now + 1] + 1
					: Math.max(lengths[old + 1][now], lengths[old][now + 1]);
		}
	}
	return lengths;
}

/** The fewest elements that must go and come to make `after` of `before`; of long lists all that differ. */
export function listEdit(before: readonly string[], after: readonly string[]): ListEdit {
	const edit: ListEdit = { removed: [], added: [] };
	const searched = before.length <= MAX_SEARCHED && after.length <= MAX_SEARCHED;
	const lengths = searched ? commonLengths(before, after) : undefined;
	let old = 0;
	let now = 0;
	while (old < before.length || now < after.length) {
		const same = old < before.length && now < after.length && before[old] === after[now];
		if (same && lengths) {
			old += 1;
			now += 1;
		} else if (
			old < before.length &&
			(now >= after.length || !lengths || lengths[old + 1][now] >= lengths[old][now + 1])
		) {
			edit.removed.push(old);
			old += 1;
		} else {
			edit.added.push(now);
			now += 1;
		}
	}
	return edit;
}
