import { createHash } from 'node:crypto';

/** A 32-digit id that is the same in every run. */
export const id = (kind: string, name: string): string =>
	createHash('sha256').update(`${kind}:${name}`).digest('hex').slice(0, 32);
