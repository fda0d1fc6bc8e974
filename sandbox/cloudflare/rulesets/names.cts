import type { Expression } from '../rulesLanguage.cjs';

export interface Names {
	fields: Set<string>;
	/** Without the `$`. */
	lists: Set<string>;
}

/** The fields and the lists that an expression names. */
export function namesIn(expression: Expression): Names {
	const names: Names = { fields: new Set(), lists: new Set() };
	const visit = (node: unknown): void => {
		if (typeof node !== 'object' || node === null) return;
		const { kind, name } = node as { kind?: unknown; name?: unknown };
		if (kind === 'field') names.fields.add(String(name));
		if (kind === 'list') names.lists.add(String(name));
		Object.values(node).forEach(visit);
	};
	visit(expression);
	return names;
}
