import type { Scope } from './scope';
import { apiPath, type ApiPath } from '../transport/path';

/** An insight as the API sends it; only the fields that this package reads are named. */
export interface Insight {
	[key: string]: unknown;
	id?: string;
	severity?: string;
	issue_class?: string;
	subject?: string;
	has_extended_context?: boolean;
}

/** OpenAPI document: 1 to 1,000; an integration met the refusal of what is no multiple of 5. */
export const insightPageSize = { min: 5, max: 1000, multipleOf: 5 } as const;

/** The list is no plain array: `result` is a record that holds it under this name. */
export const INSIGHT_ROWS = 'issues';

export const insightsPath = ({ path }: Scope): ApiPath => apiPath`${path}/security-center/insights`;
