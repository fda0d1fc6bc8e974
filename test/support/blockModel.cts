import ipaddr from 'ipaddr.js';

/** Addresses and networks that overlap, each with the networks that are blocked for it. */
export const pool = {
	'45.1.2.1': '45.1.2.1',
	'45.1.2.77': '45.1.2.77',
	'45.1.2.0/24': '45.1.2.0/24',
	'45.1.0.0/16': '45.1.0.0/16',
	'45.2.0.9': '45.2.0.9',
	'2a01:4f8:1:1::7': '2a01:4f8:1:1::/64',
	'2a01:4f8:1:1::/64': '2a01:4f8:1:1::/64',
	'2a01:4f8:1:2::9': '2a01:4f8:1:2::/64',
	'2a01:4f8:1::/48': '2a01:4f8:1::/48',
} as const;
export type Input = keyof typeof pool;
export const inputs = Object.keys(pool) as Input[];
export const networks = [...new Set<string>(Object.values(pool))];
/** One address in and one beside each network. */
export const samples = [
	...['45.1.2.1', '45.1.2.77', '45.1.2.200', '45.1.9.9', '45.2.0.9', '45.2.0.10'],
	...[
		'2a01:4f8:1:1::7',
		'2a01:4f8:1:1:f::1',
		'2a01:4f8:1:2::9',
		'2a01:4f8:1:3::1',
		'2a01:4f8:2::1',
	],
];

export const zoneNames = ['example.com', 'example.net'] as const;
export type ZoneName = (typeof zoneNames)[number];
export type Method = 'list' | 'accessRule';

/** A block that is there: of others, or ours until then. */
export type Kept = 'foreign' | { until: number };
const NEVER = Infinity;

const isIn = (address: string, network: string): boolean => {
	const [one, range] = [
		ipaddr.parse(address),
		ipaddr.parseCIDR(
			network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`,
		),
	];
	return one.kind() === range[0].kind() && one.match(range);
};

const lasts = (kept: Kept, until: number) => kept === 'foreign' || kept.until >= until;
const isOver = (kept: Kept, now: number) => kept !== 'foreign' && kept.until <= now;

/** What should be there, in the simplest words. */
export class BlockModel {
	list: Map<string, Kept> | undefined;
	/** Our rule of a zone: there and switched on, there and off, or not there. */
	readonly rules = new Map<ZoneName, 'on' | 'off'>();
	readonly accessRules = new Map<ZoneName, Map<string, Kept>>(
		zoneNames.map((zone) => [zone, new Map<string, Kept>()]),
	);
	/** Networks that a custom rule of others blocks. */
	readonly otherRules = new Map<ZoneName, string[]>(zoneNames.map((zone) => [zone, []]));

	isBlocked(address: string, zone: ZoneName): boolean {
		const inList = this.rules.get(zone) === 'on' ? [...(this.list?.keys() ?? [])] : [];
		const all = [
			...inList,
			...(this.accessRules.get(zone)?.keys() ?? []),
			...(this.otherRules.get(zone) ?? []),
		];
		return all.some((network) => isIn(address, network));
	}

	/** Whether any part of a network or an address is. */
	isPartBlocked(input: Input, zone: ZoneName): boolean {
		const parts = input.includes('/') ? samples.filter((each) => isIn(each, input)) : [input];
		return parts.some((each) => this.isBlocked(each, zone));
	}

	/** @returns the outcome for each input */
	block(method: Method, wanted: readonly Input[], zones: readonly ZoneName[], until = NEVER) {
		if (method === 'list') {
			this.list ??= new Map();
			for (const zone of zones) if (!this.rules.has(zone)) this.rules.set(zone, 'on');
		}
		const places =
			method === 'list' ? [this.list] : zones.map((zone) => this.accessRules.get(zone));
		const outcomes = new Map<string, string>();
		for (const network of new Set(wanted.map((input) => pool[input]))) {
			const found = places.map((place) => this.put(place, network, until));
			const outcome = ['blocked', 'extended'].find((each) => found.includes(each));
			outcomes.set(network, outcome ?? 'alreadyBlocked');
		}
		const holds = method === 'accessRule' || zones.some((zone) => this.rules.get(zone) === 'on');
		return wanted.map((input) => (holds ? outcomes.get(pool[input]) : 'ruleInactive'));
	}

	/** What is ours goes away. */
	unblock(method: Method, wanted: readonly Input[], zones: readonly ZoneName[]): void {
		this.remove(method, zones, (kept, network) =>
			wanted.some((input) => pool[input] === network) ? kept !== 'foreign' : false,
		);
	}

	removeExpired(method: Method, zones: readonly ZoneName[], now: number): string[] {
		return this.remove(method, zones, (kept) => isOver(kept, now));
	}

	private put(place: Map<string, Kept> | undefined, network: string, until: number): string {
		const there = place?.get(network);
		if (there !== undefined && lasts(there, until)) return 'alreadyBlocked';
		place?.set(network, { until });
		return there === undefined ? 'blocked' : 'extended';
	}

	private remove(
		method: Method,
		zones: readonly ZoneName[],
		isMeant: (kept: Kept, network: string) => boolean,
	): string[] {
		const places =
			method === 'list' ? [this.list] : zones.map((zone) => this.accessRules.get(zone));
		return places.flatMap((place) =>
			[...(place ?? [])].flatMap(([network, kept]) => {
				if (!isMeant(kept, network)) return [];
				place?.delete(network);
				return [network];
			}),
		);
	}
}
