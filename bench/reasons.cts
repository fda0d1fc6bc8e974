import type { ClientName, JobName } from './protocol.cjs';
import type { Cost } from './scale.cjs';

export const CONNECTS = 'n8n connects anew for every request';
const FEW_PAGES =
	'with so few pages two round trips stand against four or five, which is twice as fast at best';
const AT_ONCE =
	'it sends a request for every zone at once, this package eight at a time to stay below what Cloudflare allows';

/** Why this package is not so much faster than a rival. */
export const WHY_NOT_FASTER: Partial<Record<JobName, Partial<Record<ClientName, string>>>> = {
	dnsRecords: { httpRequestLarge: FEW_PAGES },
	insights: { httpRequestLarge: FEW_PAGES },
	dnsSearch: { httpRequest: AT_ONCE, httpRequestLarge: AT_ONCE },
};

const OVERLAP =
	'a poll begins a second before that in which the last one stopped, as Cloudflare does not say whether a range includes its start; at 500 events per second that is up to a page of 1,000 for every poll';

/** Why it is farther from the limit than n8n's helper alone explains. */
export const WHY_FAR_FROM_LIMIT: Partial<Record<JobName, string>> = {
	block:
		'it also checks the addresses, looks for the list, makes the rule and reads back what it reports; n8n works out the fields of every item',
	quietPoll: CONNECTS,
	burst: OVERLAP,
	burstLargest: OVERLAP,
};

export const WHY_HELD =
	'it keeps the IDs of all rows that it has read, some 60 bytes each, so that a row that moves between pages is not taken twice, and eight pages are under way at a time';

export const WHY_MORE_CALLS: Partial<Record<JobName, string>> = {
	burst: OVERLAP,
	burstLargest: OVERLAP,
};

/** Why a further row of the longest costs more than one of a short list. */
export const WHY_GROWS: Partial<Record<JobName, Partial<Record<Cost, string>>>> = {
	burst: { time: OVERLAP, cpu: OVERLAP },
	recordsOfZones: {
		memory:
			'in the shorter ones, what the requests for 200 zones hold hides the rows; a further row of the longest takes less than one of a single zone',
	},
};
