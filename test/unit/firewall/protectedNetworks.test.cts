import fc from 'fast-check';
import { builtInCloudflareRanges } from '../../../nodes/CloudflareSecurity/firewall/cloudflareRanges';
import { parseNetwork, type IpNetwork } from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import {
	protectionOf,
	type Guard,
	type GuardOverrides,
} from '../../../nodes/CloudflareSecurity/firewall/protectedNetworks';

const net = (text: string): IpNetwork => parseNetwork(text)!;
const NOBODY: Guard = { cloudflare: [], own: [] };
const CLOUDFLARE: Guard = { cloudflare: builtInCloudflareRanges, own: [] };

const check = (text: string, guard = CLOUDFLARE, overrides?: GuardOverrides) =>
	protectionOf(net(text), guard, overrides);

describe("Cloudflare's networks", () => {
	it('are refused from inside and from outside', () => {
		expect(check('104.16.0.1')).toEqual({
			code: 'cloudflareNetwork',
			reason: "104.16.0.1 lies in 104.16.0.0/13: Cloudflare's own network",
			protectedNetwork: '104.16.0.0/13',
		});
		expect(check('131.0.0.0/16')?.reason).toBe(
			"131.0.0.0/16 contains 131.0.72.0/22: Cloudflare's own network",
		);
		expect(check('2606:4700::/64')?.code).toBe('cloudflareNetwork');
		expect(check('104.16.0.1', NOBODY)).toBeUndefined();
		expect(check('104.28.0.1')).toBeUndefined();
	});
});

describe('the networks of the user', () => {
	const guard: Guard = {
		...CLOUDFLARE,
		own: ['198.51.100.16/28', '2001:db8:5::5', '::ffff:203.0.113.0/120'].map(net),
	};

	it.each([
		['198.51.100.17', 'lies in', '198.51.100.16/28'],
		['198.51.100.16/28', 'lies in', '198.51.100.16/28'],
		['198.51.100.0/24', 'contains', '198.51.100.16/28'],
		['2001:db8:5::5', 'lies in', '2001:db8:5::5'],
		['2001:db8:5::/64', 'contains', '2001:db8:5::5'],
		['203.0.113.9', 'lies in', '203.0.113.0/24'],
	])('keep %s, which %s %s', (text, relation, protectedNetwork) => {
		expect(check(text, guard)).toEqual({
			code: 'ownNetwork',
			reason: `${text} ${relation} ${protectedNetwork}: one of your protected networks`,
			protectedNetwork,
		});
	});

	it.each(['198.51.100.15', '198.51.100.32', '198.51.100.0/28', '2001:db8:5::4', '203.0.112.255'])(
		'do not keep %s',
		(text) => {
			expect(check(text, guard)).toBeUndefined();
		},
	);
});

describe('the width of a block', () => {
	it.each([
		['198.50.0.0/16', undefined],
		['198.50.0.0/15', 'tooWide'],
		['64.0.0.0/4', 'tooWide'],
		['0.0.0.0/0', 'tooWide'],
		['::/0', 'tooWide'],
		['2a00::/12', 'tooWide'],
		['2a01:4f8::/31', 'tooWide'],
		['2a01:4f8::/32', undefined],
		['10.0.0.0/8', 'specialNetwork'],
		['fc00::/8', 'specialNetwork'],
	])('%s: %s', (text, code) => {
		expect(check(text)?.code).toBe(code);
	});

	it('is named in the refusal', () => {
		expect(check('2a00::/12')).toEqual({
			code: 'tooWide',
			reason: '2a00::/12 is wider than /32, the widest IPv6 network that is blocked',
		});
	});

	it('can be another one', () => {
		const guard = { ...CLOUDFLARE, widest: { 4: 24, 6: 48 } } as const;
		expect(check('198.50.0.0/23', guard)?.reason).toContain('/24');
		expect(check('198.50.0.0/24', guard)).toBeUndefined();
		expect(check('2a01:4f8::/47', guard)?.code).toBe('tooWide');
	});
});

describe('what the author allows', () => {
	it('about the width does not open protected networks', () => {
		expect(check('198.50.0.0/15', CLOUDFLARE, { allowWide: true })).toBeUndefined();
		expect(check('0.0.0.0/0', CLOUDFLARE, { allowWide: true })?.code).toBe('cloudflareNetwork');
		expect(check('0.0.0.0/0', NOBODY, { allowWide: true })?.reason).toMatch(
			/contains 0\.0\.0\.0\/8/,
		);
		expect(check('2a00::/12', CLOUDFLARE, { allowWide: true })?.code).toBe('cloudflareNetwork');
	});

	it('by force does not open the width', () => {
		const own = { ...CLOUDFLARE, own: [net('198.51.100.0/24')] };
		for (const text of ['10.0.0.1', '104.16.0.1', '198.51.100.7', '::1']) {
			expect(check(text, own)).toBeDefined();
			expect(check(text, own, { force: true })).toBeUndefined();
			expect(check(text, own, { allowWide: true })).toBeDefined();
		}
		expect(check('10.0.0.0/8', own, { force: true })?.code).toBe('tooWide');
		expect(check('10.0.0.0/8', own, { force: true, allowWide: true })).toBeUndefined();
	});
});

describe('an IPv4 address inside an IPv6 one', () => {
	const own: Guard = { ...CLOUDFLARE, own: [net('198.51.100.0/24')] };

	it.each([
		[
			'2002:7f00:1::1',
			'2002:7f00:1::1 stands for 127.0.0.1, which lies in 127.0.0.0/8: loopback (RFC 1122)',
		],
		[
			'2002:a01:203:5::/64',
			'2002:a01:203:5::/64 stands for 10.1.2.3, which lies in 10.0.0.0/8: private (RFC 1918)',
		],
		[
			'2002:6810:1::/48',
			"2002:6810:1::/48 stands for 104.16.0.1, which lies in 104.16.0.0/13: Cloudflare's own network",
		],
		[
			'2002:c633:6400::/40',
			'2002:c633:6400::/40 stands for 198.51.100.0/24, which lies in 198.51.100.0/24: one of your protected networks',
		],
		[
			'2002:c633::/32',
			'2002:c633::/32 stands for 198.51.0.0/16, which contains 198.51.100.0/24: one of your protected networks',
		],
		[
			'::ffff:198.51.100.7',
			'::ffff:198.51.100.7 stands for 198.51.100.7, which lies in 198.51.100.0/24: one of your protected networks',
		],
		[
			'64:ff9b::198.51.100.7',
			'64:ff9b::c633:6407 stands for 198.51.100.7, which lies in 198.51.100.0/24: one of your protected networks',
		],
		['::ffff:192.0.2.1', '::ffff:192.0.2.1 lies in ::ffff:0.0.0.0/96: IPv4-mapped (RFC 4291)'],
		['64:ff9b::192.0.2.1', '64:ff9b::c000:201 lies in 64:ff9b::/96: NAT64 (RFC 6052)'],
		['::192.0.2.1', '::c000:201 lies in ::/96: IPv4-compatible (RFC 4291)'],
	])('%s: %s', (text, reason) => {
		expect(check(text, own)?.reason).toBe(reason);
	});

	it.each(['2002:c000:201::1', '2002:c000:201::/48', '2002:808:808:1::/64'])(
		'%s may be blocked: 6to4 of an address that may be',
		(text) => {
			expect(check(text, own)).toBeUndefined();
		},
	);

	it.each(['2002::/16', '2002::/15', '2000::/3'])('%s is no way around, however wide', (text) => {
		expect(check(text, NOBODY)?.code).toBe('tooWide');
		expect(check(text, NOBODY, { allowWide: true })?.code).toBe('specialNetwork');
		expect(check(text, { cloudflare: [], own: [net('8.8.8.8')] }, { allowWide: true })?.code).toBe(
			'ownNetwork',
		);
	});

	it('in the form 6to4 is refused exactly when the IPv4 address is', () => {
		fc.assert(
			fc.property(fc.ipV4(), fc.nat({ max: 16 }), (text, spare) => {
				const four = net(`${text}/${32 - spare}`);
				const six: IpNetwork = {
					version: 6,
					address: (0x2002n << 112n) | (four.address << 80n),
					prefix: 16 + four.prefix,
				};
				expect(protectionOf(six, own)?.code).toBe(protectionOf(four, own)?.code);
			}),
			{ numRuns: 3000 },
		);
	});
});
