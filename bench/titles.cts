import { eventsPerPoll } from '../nodes/CloudflareSecurity/trigger/limits';
import type { ClientName, JobName } from './protocol.cjs';

interface JobAbout {
	title(size: number): string;
	/** In full, and with --quick. */
	sizes: readonly [full: number, quick: number];
	/** Much of it can be fetched at the same time: it is judged beside what people would use instead. */
	isFast?: boolean;
	list?: boolean;
	/** The most of its sizes in the scale of cost, where it is less than that of lists. */
	mostInScale?: number;
	/** Calls that the page limits force. */
	mostCalls?(size: number): number;
}

/** So many zones share the records of one of the jobs. */
export const ZONES_OF_RECORDS = 200;
/** What all lists of an account hold together, but for Enterprise. */
const LIST_ROOM = 10_000;

const counted = (count: number): string => count.toLocaleString('en');
/** One more than it has pages: a poll goes on within a page that the one before had read in part. */
const callsForBurst = (size: number) => pages(size, 1000) + 1;
const burstTitle = (size: number, setting: string) =>
	`a burst of ${counted(size)} events at the trigger, ${setting}`;
const pages = (size: number, perPage: number) => Math.max(1, Math.ceil(size / perPage));

export const jobs: Record<JobName, JobAbout> = {
	zones: {
		title: (size) => `${counted(size)} zones`,
		sizes: [5000, 500],
		isFast: true,
		list: true,
		mostCalls: (size) => pages(size, 50),
	},
	dnsRecords: {
		title: (size) => `${counted(size)} DNS records of a zone`,
		sizes: [20_000, 6000],
		isFast: true,
		list: true,
		mostCalls: (size) => pages(size, 5000),
	},
	dnsSearch: {
		title: (size) => `DNS search over ${counted(size)} zones`,
		sizes: [200, 40],
		isFast: true,
		mostCalls: (size) => pages(size, 50) + size,
	},
	auditV2: {
		title: (size) => `${counted(size)} audit events (v2)`,
		sizes: [20_000, 2000],
		list: true,
		mostCalls: (size) => pages(size, 1000) + 1,
	},
	auditV1: {
		title: (size) => `${counted(size)} audit events (v1)`,
		sizes: [20_000, 2000],
		list: true,
		mostCalls: (size) => pages(size, 1000) + 1,
	},
	insights: {
		title: (size) => `${counted(size)} insights`,
		sizes: [5000, 2000],
		isFast: true,
		list: true,
		mostCalls: (size) => pages(size, 1000),
	},
	block: {
		title: (size) => `block ${counted(size)} addresses`,
		sizes: [1000, 100],
		mostInScale: LIST_ROOM,
	},
	quietPoll: { title: () => 'a poll of the trigger, nothing new', sizes: [0, 0] },
	burst: {
		title: (size) => burstTitle(size, `${counted(eventsPerPoll.usual)} per poll, its default`),
		sizes: [20_000, 2000],
		mostCalls: callsForBurst,
	},
	burstLargest: {
		title: (size) => burstTitle(size, `${counted(eventsPerPoll.max)} per poll, the most`),
		sizes: [20_000, 2000],
		mostCalls: callsForBurst,
	},
	recordsOfZones: {
		title: (size) => `${counted(size)} DNS records of up to ${ZONES_OF_RECORDS} zones`,
		sizes: [20_000, 2000],
	},
	sweep: {
		title: (size) => `${counted(size)} list items swept for expired blocks, none there`,
		sizes: [20_000, 2000],
	},
	checkPermissions: { title: () => 'check the permissions', sizes: [1, 1] },
};

export const clients: Record<ClientName, { title: string; short: string }> = {
	ours: { title: 'This package', short: 'ours' },
	helper: { title: "Bare loop over n8n's HTTP helper", short: 'bare helper' },
	undici: { title: 'undici, 8 connections (the limit)', short: 'limit' },
	sdk: { title: 'Official SDK, its defaults', short: 'SDK' },
	oursInN8n: { title: 'This package in the real n8n', short: 'ours in n8n' },
	httpRequest: { title: 'HTTP Request node, usual pages', short: 'HTTP Request' },
	httpRequestLarge: { title: 'HTTP Request node, largest pages', short: 'HTTP Request, large' },
};

/** What a job is called for any size. */
export const titleOfAnySize = (job: JobName): string => jobs[job].title(0).replace(/\b0 /, '');
