import type { Place } from './place.cjs';

export interface Job {
	/** What the program does, as a user would say it. */
	title: string;
	/** Throws when the program did not do it, or when the stand-in holds something else afterwards. */
	run(): Promise<void>;
}

export interface Program {
	name: string;
	/** The Debian packages that bring it. */
	packages: string[];
	/** Throws, or gives nothing, when it is not installed. */
	version(place: Place): Promise<string | undefined>;
	/** In this order: a job may build on those before it. */
	jobs(place: Place): Job[];
	/** Ends what the jobs started. */
	stop?(): Promise<void>;
}

/** Names of packages, as apt-get takes them. */
export const unique = (packages: readonly string[]): string => [...new Set(packages)].join(' ');

/** What a person would type. */
export const installLine = (packages: readonly string[]): string =>
	`On Debian: apt-get install --no-install-recommends ${unique(packages)}   (as root; or add -- --install to this command)`;
