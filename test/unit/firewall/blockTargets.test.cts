import fc from 'fast-check';
import * as ipaddr from 'ipaddr.js';
import {
	accessRuleTarget,
	isAccessRuleValueOf,
} from '../../../nodes/CloudflareSecurity/firewall/accessRuleTarget';
import {
	ADDRESS_BITS,
	formatNetwork,
	parseNetwork,
	type IpNetwork,
} from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import { listItemFor } from '../../../nodes/CloudflareSecurity/firewall/listItem';
import { contains, unmapped } from '../../../nodes/CloudflareSecurity/firewall/network';

const net = (text: string): IpNetwork => parseNetwork(text)!;
const network = fc
	.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat({ max: 128 }))
	.map(([text, prefix]) => net(`${text}/${Math.min(prefix, ADDRESS_BITS[net(text).version])}`));

describe('the target of an access rule', () => {
	it.each([
		['192.0.2.7', 'ip', '192.0.2.7'],
		['192.0.2.0/24', 'ip_range', '192.0.2.0/24'],
		['198.51.0.0/16', 'ip_range', '198.51.0.0/16'],
		['::ffff:192.0.2.7', 'ip', '192.0.2.7'],
		['::ffff:192.0.2.0/120', 'ip_range', '192.0.2.0/24'],
		['2001:db8::7', 'ip6', '2001:0db8:0000:0000:0000:0000:0000:0007'],
		['2001:db8:1:2::/64', 'ip_range', '2001:0db8:0001:0002:0000:0000:0000:0000/64'],
		['2001:db8:1::/48', 'ip_range', '2001:0db8:0001:0000:0000:0000:0000:0000/48'],
		['2001:db8::/32', 'ip_range', '2001:0db8:0000:0000:0000:0000:0000:0000/32'],
		['::', 'ip6', '0000:0000:0000:0000:0000:0000:0000:0000'],
	])('for %s is %s %s', (text, target, value) => {
		expect(accessRuleTarget(net(text))).toEqual({ target, value });
	});

	it.each([
		['192.0.0.0/8', undefined, 16, 256n, '256 ranges of /16'],
		['192.0.0.0/15', undefined, 16, 2n, '2 ranges of /16'],
		['192.0.0.0/17', '192.0.0.0/16', 24, 128n, '192.0.0.0/16 or 128 ranges of /24'],
		['192.0.2.0/23', '192.0.0.0/16', 24, 2n, '192.0.0.0/16 or 2 ranges of /24'],
		['192.0.2.0/25', '192.0.2.0/24', 32, 128n, '192.0.2.0/24 or 128 single addresses'],
		['192.0.2.6/31', '192.0.2.0/24', 32, 2n, '192.0.2.0/24 or 2 single addresses'],
		['0.0.0.0/0', undefined, 16, 65_536n, '65536 ranges of /16'],
		['2001::/16', undefined, 32, 65_536n, '65536 ranges of /32'],
		['2001:db8::/33', '2001:db8::/32', 48, 32_768n, '2001:db8::/32 or 32768 ranges of /48'],
		['2001:db8:1::/56', '2001:db8:1::/48', 64, 256n, '2001:db8:1::/48 or 256 ranges of /64'],
		[
			'2001:db8::/65',
			'2001:db8::/64',
			128,
			2n ** 63n,
			`2001:db8::/64 or ${2n ** 63n} single addresses`,
		],
		['2001:db8::6/127', '2001:db8::/64', 128, 2n, '2001:db8::/64 or 2 single addresses'],
	])('there is none for %s', (text, wider, narrowerPrefix, narrowerCount, choices) => {
		const sizes = text.includes(':')
			? 'IPv6 only single addresses and /32, /48, /64'
			: 'IPv4 only single addresses and /16, /24';
		expect(accessRuleTarget(net(text))).toEqual({
			refused: {
				code: 'prefixNotAllowed',
				reason: `IP access rules take no ${text}, of ${sizes}; the nearest: ${choices}`,
				...(wider !== undefined && { wider: net(wider) }),
				narrowerPrefix,
				narrowerCount,
			},
		});
	});

	it('means the network, and so do the other spellings of it', () => {
		fc.assert(
			fc.property(network, network, (one, other) => {
				const result = accessRuleTarget(one);
				if ('refused' in result) {
					const { wider, narrowerPrefix, narrowerCount } = result.refused;
					expect(wider === undefined || contains(wider, unmapped(one))).toBe(true);
					expect(2n ** BigInt(narrowerPrefix - unmapped(one).prefix)).toBe(narrowerCount);
					expect('target' in accessRuleTarget(wider ?? net('192.0.2.0/24'))).toBe(true);
					return;
				}
				const [address, prefix] = result.value.split('/');
				expect(ipaddr.parse(address).toByteArray()).toEqual(
					ipaddr.parse(formatNetwork(unmapped(one)).split('/')[0]).toByteArray(),
				);
				expect(prefix === undefined).toBe(result.target !== 'ip_range');
				expect(isAccessRuleValueOf(result.value, one)).toBe(true);
				expect(isAccessRuleValueOf(formatNetwork(one), one)).toBe(true);
				expect(isAccessRuleValueOf(result.value, other)).toBe(
					formatNetwork(unmapped(other)) === formatNetwork(unmapped(one)),
				);
			}),
			{ numRuns: 3000 },
		);
	});

	it.each(['', 'AS13335', 'DE', 'T1', '192.0.2.8', '192.0.2.0/24'])(
		'%j is not 192.0.2.7',
		(value) => {
			expect(isAccessRuleValueOf(value, net('192.0.2.7'))).toBe(false);
		},
	);
});

describe('the item of a list', () => {
	it.each([
		['192.0.2.7', '192.0.2.7'],
		['192.0.2.7/32', '192.0.2.7'],
		['192.0.2.7/24', '192.0.2.0/24'],
		['10.0.0.0/8', '10.0.0.0/8'],
		['2001:DB8:0:0::7/128', '2001:db8::7'],
		['2001:db8::7/64', '2001:db8::/64'],
		['2001:db8::/127', '2001:db8::/127'],
		['2a00::/12', '2a00::/12'],
		['::ffff:192.0.2.7', '192.0.2.7'],
		['::ffff:10.0.0.0/104', '10.0.0.0/8'],
	])('for %s is %s', (text, ip) => {
		expect(listItemFor(net(text))).toEqual({ ip });
	});

	it.each([
		['10.0.0.0/7', '10.0.0.0/7 is wider than /8, the widest IPv4 network that a list takes'],
		['0.0.0.0/0', '0.0.0.0/0 is wider than /8, the widest IPv4 network that a list takes'],
		['::ffff:0:0/96', '0.0.0.0/0 is wider than /8, the widest IPv4 network that a list takes'],
		['2a00::/11', '2a00::/11 is wider than /12, the widest IPv6 network that a list takes'],
		['::/0', '::/0 is wider than /12, the widest IPv6 network that a list takes'],
	])('there is none for %s', (text, reason) => {
		expect(listItemFor(net(text))).toEqual({ refused: { code: 'tooWideForList', reason } });
	});
});
