import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

const folder = join(__dirname, '../../../nodes/CloudflareSecurity/trigger');

export type NewEventsModule = typeof import('../../../nodes/CloudflareSecurity/trigger/newEvents');

/** One change of the trigger's source text that takes one of its rules away. */
export interface Breakage {
	/** File of the trigger's folder, without its ending. */
	file: string;
	find: string;
	replace: string;
}

interface LoadedModule {
	exports: unknown;
}

/**
 * Loads the trigger's core from its source, with one of its rules broken on choice.
 * @throws when the text to break is not there exactly once: the variant would be the original
 */
export function loadNewEvents(breakage?: Breakage): NewEventsModule {
	const loaded = new Map<string, LoadedModule>();
	let broken = breakage === undefined;
	const load = (file: string): unknown => {
		const known = loaded.get(file);
		if (known) return known.exports;
		const module: LoadedModule = { exports: {} };
		loaded.set(file, module);
		let source = readFileSync(join(folder, `${file}.ts`), 'utf8');
		if (breakage?.file === file) {
			const parts = source.split(breakage.find);
			if (parts.length !== 2) {
				throw new Error(`${file}.ts has ${parts.length - 1} times: ${breakage.find}`);
			}
			source = parts.join(breakage.replace);
			broken = true;
		}
		const { code } = transformSync(source, {
			jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
			module: { type: 'commonjs' },
		});
		const run = new Function('require', 'module', 'exports', code) as (
			from: (name: string) => unknown,
			target: LoadedModule,
			exports: unknown,
		) => void;
		run(
			(name) =>
				name.startsWith('./')
					? load(name.slice(2))
					: // eslint-disable-next-line @typescript-eslint/no-require-imports
						require(name.startsWith('.') ? join(folder, name) : name),
			module,
			module.exports,
		);
		return module.exports;
	};
	const found = load('newEvents') as NewEventsModule;
	if (!broken) throw new Error(`${breakage?.file}.ts is not part of the trigger's core`);
	return found;
}
