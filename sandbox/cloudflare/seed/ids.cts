import { createHash } from 'node:crypto';

/** A 32-digit id that is the same in every run. */
export const id = (kind: string, name: string): string =>
	createHash('sha256').update(`${kind}:${name}`).digest('hex').slice(0, 32);

/** A UUID that is the same in every run. */
export const uuid = (kind: string, name: string): string =>
	id(kind, name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
