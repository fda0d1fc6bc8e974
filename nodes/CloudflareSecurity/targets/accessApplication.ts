import { apiPath, type ApiPath } from '../transport/path';
import type { Scope } from './scope';

/** An Access application as the API sends it; only the fields that this package reads are named. */
export interface Application {
	[key: string]: unknown;
	id: string;
	name?: string;
	type?: string;
	domain?: string;
	destinations?: unknown;
	policies?: unknown;
}

/** No source states a maximum; pages of 1,000 are in use, and an account holds 500 applications. */
export const accessPageSize = { min: 1, max: 1000 } as const;

export const applicationsPath = ({ path }: Scope): ApiPath => apiPath`${path}/access/apps`;
