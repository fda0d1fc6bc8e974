import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { isWithin } from '../../../nodes/CloudflareSecurity/auditEvents/actorNetwork';
import { parseNetwork } from '../../../nodes/CloudflareSecurity/firewall/ipAddress';

const network = (text: string) => parseNetwork(text)!;

test.each<[ip: string | null, of: string, inside: boolean]>([
	['203.0.113.7', '203.0.113.0/24', true],
	['203.0.114.7', '203.0.113.0/24', false],
	['203.0.113.7', '203.0.113.7', true],
	['2001:DB8:0:0::1', '2001:db8::/32', true],
	['2001:db9::1', '2001:db8::/32', false],
	['203.0.113.7', '::/0', false],
	['::1', '0.0.0.0/0', false],
	['203.0.113.0/24', '203.0.113.0/25', false],
	['nonsense', '0.0.0.0/0', false],
	['', '0.0.0.0/0', false],
	[null, '0.0.0.0/0', false],
])('%j in %s: %j', (ip, of, inside) => {
	expect(isWithin(ip, network(of))).toBe(inside);
});

test('as another library decides', () => {
	const cidr = fc.oneof(
		fc.tuple(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 })),
		fc.tuple(fc.ipV6(), fc.ipV6(), fc.integer({ min: 0, max: 128 })),
	);
	fc.assert(
		fc.property(cidr, fc.boolean(), ([ip, base, prefix], near) => {
			// Two random addresses are seldom neighbours.
			const of = `${near ? ip : base}/${prefix}`;
			const parsed = ipaddr.parse(ip) as ipaddr.IPv4;
			const expected = parsed.match(ipaddr.parseCIDR(of) as [ipaddr.IPv4, number]);
			expect(isWithin(ip, network(of))).toBe(expected);
		}),
	);
});
