import fc from 'fast-check';
import {
	ADDRESS_BITS,
	formatNetwork,
	parseNetwork,
	type IpNetwork,
} from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import {
	contains,
	sameNetwork,
	unmapped,
	widenTo,
} from '../../../nodes/CloudflareSecurity/firewall/network';
import { NetworkIndex } from '../../../nodes/CloudflareSecurity/firewall/networkIndex';
import { expectInProportion } from '../../support/proportion.cjs';

const net = (text: string): IpNetwork => parseNetwork(text)!;

/** Networks of few different bits, so that many lie in each other; some are IPv4 mapped into IPv6. */
const networks = fc
	.record({
		kind: fc.constantFrom('4', '6', 'mapped'),
		bits: fc.array(fc.nat({ max: 31 }), { maxLength: 3 }),
		edge: fc.boolean(),
		prefix: fc.nat({ max: 32 }),
	})
	.map(({ kind, bits, edge, prefix }): IpNetwork => {
		const low = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), edge ? 0xffffff00n : 0n);
		if (kind === '4') return widenTo({ version: 4, address: low, prefix: ADDRESS_BITS[4] }, prefix);
		const high = kind === 'mapped' ? 0xffffn << 32n : 0n;
		return widenTo({ version: 6, address: high | low, prefix: ADDRESS_BITS[6] }, 96 + prefix);
	});

const shown = (entries: Array<{ network: IpNetwork; thing: number }>) =>
	entries.map(({ network, thing }) => `${thing}: ${formatNetwork(network)}`);

describe('an index of networks', () => {
	it('finds what a look at each of them finds', () => {
		let inside = 0;
		fc.assert(
			fc.property(fc.array(networks, { maxLength: 30 }), networks, (kept, asked) => {
				const index = new NetworkIndex(kept.map((network, thing) => [network, thing] as const));
				const plain = unmapped(asked);
				const all = kept.map((network, thing) => ({ network: unmapped(network), thing }));
				const holding = all.filter(({ network }) => contains(network, plain));
				const held = all.filter(
					({ network }) => contains(plain, network) && !sameNetwork(plain, network),
				);
				inside += held.length;
				// Twice, since something may be kept of the first time.
				for (let time = 1; time <= 2; time += 1) {
					expect(shown(index.inside(asked)).sort()).toEqual(shown(held).sort());
					expect(shown(index.containing(asked)).sort()).toEqual(shown(holding).sort());
				}
				const prefixes = index.containing(asked).map(({ network }) => network.prefix);
				expect(prefixes).toEqual([...prefixes].sort((a, b) => a - b));
				expect(index.about(asked)).toEqual(
					all.flatMap(({ network, thing }) => (sameNetwork(network, plain) ? [thing] : [])),
				);
			}),
			{ numRuns: 3000 },
		);
		expect(inside).toBeGreaterThan(1000);
	});

	it('is empty when made of nothing', () => {
		expect(new NetworkIndex().inside(net('::/0'))).toEqual([]);
		expect(new NetworkIndex().containing(net('192.0.2.1'))).toEqual([]);
	});

	it('does not look at each of many for each question', () => {
		expectInProportion((size) => {
			const many = Array.from({ length: size }, (_, thing): [IpNetwork, number] => [
				{ version: 4, address: BigInt(thing) << 8n, prefix: 32 },
				thing,
			]);
			const index = new NetworkIndex(many);
			return () => {
				const answers = many.filter(
					([network]) =>
						index.inside(network).length + index.inside(widenTo(network, 24)).length === 1,
				);
				expect(answers).toHaveLength(size);
			};
		}, 20_000);
	});
});
