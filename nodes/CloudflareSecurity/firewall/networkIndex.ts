import type { IpNetwork } from './ipAddress';
import { contains, sameNetwork, unmapped, widenTo } from './network';

interface Entry<T> {
	readonly network: IpNetwork;
	readonly thing: T;
}

const keyOf = ({ version, address, prefix }: IpNetwork) => `${version}/${address}/${prefix}`;

/** Things by the network that they are about. Mapped IPv4 counts as IPv4. */
export class NetworkIndex<T> {
	private readonly entries = new Map<string, Array<Entry<T>>>();
	private readonly prefixes = { 4: new Set<number>(), 6: new Set<number>() };

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

	/** What is about a part of the network. */
	inside(network: IpNetwork): Array<Entry<T>> {
		const plain = unmapped(network);
		return [...this.entries.values()]
			.flat()
			.filter((entry) => contains(plain, entry.network) && !sameNetwork(plain, entry.network));
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
