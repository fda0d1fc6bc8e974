import { apiPath, type ApiPath, type PathSegment } from '../transport/path';
import type { ZoneTarget } from './zone';

/** A DNS record as the API sends it; only the fields that this package reads are named. */
export interface DnsRecord {
	[key: string]: unknown;
	id: string;
	name: string;
	type: string;
	content?: string;
	data?: Record<string, unknown>;
	priority?: number;
}

/** More is accepted, but large pages may time out: Cloudflare's schema advises 100 to 5,000. */
export const recordPageSize = { min: 1, max: 5000 } as const;

export const recordsPath = ({ id }: ZoneTarget): ApiPath => apiPath`/zones/${id}/dns_records`;

export const recordPath = (zone: ZoneTarget, record: PathSegment): ApiPath =>
	apiPath`${recordsPath(zone)}/${record}`;
