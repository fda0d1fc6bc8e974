import { isObject } from '../rulesets/shape.cjs';
import {
	badSource,
	badStatus,
	badTarget,
	invalidJson,
	invalidValue,
	longSource,
	longTarget,
	suffixWithoutSubpaths,
} from './errors.cjs';
import type { Redirect } from './types.cjs';

// Only the codes are published, not the lengths: stand-ins.
const LONGEST_SOURCE = 16 * 1024;
const LONGEST_TARGET = 32 * 1024;
const SOURCE = /^(?:https?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/[^?#\s]*)?$/i;
const FLAGS = [
	'include_subdomains',
	'subpath_matching',
	'preserve_query_string',
	'preserve_path_suffix',
] as const;

function isTarget(text: string): boolean {
	try {
		return /^https?:$/.test(new URL(text).protocol);
	} catch {
		return false;
	}
}

/** A redirect with its defaults filled in. Throws 400. */
export function redirectOf(body: unknown): Redirect {
	if (!isObject(body)) throw invalidValue(body, 'redirect', 'it must be an object');
	const { source_url: source, target_url: target, status_code: status = 301, ...rest } = body;
	if (typeof source !== 'string' || !SOURCE.test(source)) throw badSource();
	if (source.length > LONGEST_SOURCE) throw longSource();
	if (typeof target !== 'string' || !isTarget(target)) throw badTarget();
	if (target.length > LONGEST_TARGET) throw longTarget();
	if (status !== 301 && status !== 302 && status !== 307 && status !== 308) throw badStatus();
	const flags = { ...rest };
	for (const name of FLAGS) {
		const { [name]: flag = false } = rest;
		if (typeof flag !== 'boolean') throw invalidValue(flag, name, 'it must be a boolean');
		flags[name] = flag;
	}
	if (Object.keys(flags).length > FLAGS.length) throw invalidJson();
	if (flags.preserve_path_suffix === true && flags.subpath_matching === false)
		throw suffixWithoutSubpaths();
	// A host alone means its root.
	const source_url = /^(?:https?:\/\/)?[^/]+$/i.test(source) ? `${source}/` : source;
	return {
		source_url,
		target_url: target,
		status_code: status,
		...(flags as Pick<Redirect, (typeof FLAGS)[number]>),
	};
}
