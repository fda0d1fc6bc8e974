import type { Change } from '../../nodes/CloudflareSecurity/auditEvents/changes';
import { WHOLE_VALUE } from '../../nodes/CloudflareSecurity/auditEvents/fieldPath';

type Part = string | number;

/** Reads the text of a field path, independently of the code that writes it. @throws when it is none */
export function readFieldPath(text: string): Part[] {
	if (text === WHOLE_VALUE) return [];
	const parts: Part[] = [];
	const part = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([^.[\]"]+)/y;
	while (part.lastIndex < text.length) {
		const found = part.exec(text);
		if (!found) throw new Error(`No field path: ${text}`);
		const [, place, quoted, name] = found;
		parts.push(
			place !== undefined ? Number(place) : quoted ? (JSON.parse(quoted) as string) : name,
		);
	}
	return parts;
}

type Node = Record<Part, unknown>;

/** A member without the pitfalls of __proto__. */
function put(holder: Node, key: Part, value: unknown): void {
	Object.defineProperty(holder, key, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});
}

const holderOf = (root: unknown, path: readonly Part[]): Node =>
	path.slice(0, -1).reduce((node, part) => node[part] as Node, root as Node);

/** Makes the new value of the old one by carrying out its changes. */
export function applyChanges(before: unknown, changes: readonly Change[]): unknown {
	let root = structuredClone(before);
	const edits = changes.map((change) => ({ ...change, path: readFieldPath(change.field) }));
	// Elements go by their old places, the last first, before others come.
	for (const { path, ...change } of [...edits].reverse()) {
		if ('after' in change) continue;
		const last = path.at(-1);
		if (last === undefined) root = undefined;
		else if (typeof last === 'number')
			(holderOf(root, path) as unknown as unknown[]).splice(last, 1);
		else delete holderOf(root, path)[last];
	}
	for (const { path, ...change } of edits) {
		if (!('after' in change)) continue;
		const last = path.at(-1);
		if (last === undefined) root = change.after;
		else if (typeof last === 'number' && !('before' in change)) {
			(holderOf(root, path) as unknown as unknown[]).splice(last, 0, change.after);
		} else put(holderOf(root, path), last, change.after);
	}
	return root;
}
