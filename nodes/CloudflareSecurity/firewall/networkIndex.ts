import { ADDRESS_BITS, isSingleAddress, type IpNetwork, type IpVersion } from './ipAddress';
import { compareNetworks, contains, sameNetwork, unmapped, widenTo } from './network';

interface Entry<T> {
	readonly network: IpNetwork;
	readonly thing: T;
}

const keyOf = ({ version, address, prefix }: IpNetwork) => `${version}/${address}/${prefix}`;

/** The place of the first one that does not come before the address. */
function firstFrom<T>(sorted: ReadonlyArray<Entry<T>>, address: bigint): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sorted[middle].network.address < address) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Things by the network that they are about. Mapped IPv4 counts as IPv4. */
export class NetworkIndex<T> {
	private readonly entries = new Map<string, Array<Entry<T>>>();
	private readonly prefixes = { 4: new Set<number>(), 6: new Set<number>() };
	private sorted?: Readonly<Record<IpVersion, ReadonlyArray<Entry<T>>>>;

	constructor(entries: Iterable<readonly [IpNetwork, T]> = []) {
		for (const [network, thing] of entries) this.add(network, thing);
	}

	/** What is about a network that contains the given one, the widest first; about the very network included. */
	containing(network: IpNetwork): Array<Entry<T>> {
		const plain = unmapped(network);
		const wider = [...this.prefixes[plain.version]].filter((prefix) => prefix <= plain.prefix);
		return wider
			.sort((a, b) => a - b)
			.flatMap((prefix) => this.entries.get(keyOf(widenTo(plain, prefix))) ?? []);
	}

	/** What is about the very network. */
	about(network: IpNetwork): T[] {
		return (this.entries.get(keyOf(unmapped(network))) ?? []).map(({ thing }) => thing);
	}

	/** What is about a part of the network, by first address. */
	inside(network: IpNetwork): Array<Entry<T>> {
		const plain = unmapped(network);
		const { version, address, prefix } = plain;
		if (isSingleAddress(plain)) return [];
		this.sorted ??= { 4: this.sortedOf(4), 6: this.sortedOf(6) };
		const all = this.sorted[version];
		const end = address + (1n << BigInt(ADDRESS_BITS[version] - prefix));
		return all
			.slice(firstFrom(all, address), firstFrom(all, end))
			.filter((entry) => contains(plain, entry.network) && !sameNetwork(plain, entry.network));
	}

	/** The same with other things instead; those for which it gives undefined are left out. */
	map(change: (thing: T) => T | undefined): NetworkIndex<T> {
		const changed = [...this.entries.values()].flat().flatMap(({ network, thing }) => {
			const now = change(thing);
			return now === undefined ? [] : [[network, now] as const];
		});
		return new NetworkIndex(changed);
	}

	private sortedOf(version: IpVersion): Array<Entry<T>> {
		return [...this.entries.values()]
			.flat()
			.filter(({ network }) => network.version === version)
			.sort((a, b) => compareNetworks(a.network, b.network));
	}

	private add(network: IpNetwork, thing: T): void {
		const plain = unmapped(network);
		const key = keyOf(plain);
		const entries = this.entries.get(key);
		if (entries) entries.push({ network: plain, thing });
		else this.entries.set(key, [{ network: plain, thing }]);
		this.prefixes[plain.version].add(plain.prefix);
	}
}
