import {
	builtInCloudflareRanges,
	cloudflareRangesFrom,
} from '../../../nodes/CloudflareSecurity/firewall/cloudflareRanges';
import { formatNetwork } from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import { protectionOf } from '../../../nodes/CloudflareSecurity/firewall/protectedNetworks';

describe("Cloudflare's networks", () => {
	it('in the built-in copy are 15 and 7', () => {
		const texts = builtInCloudflareRanges.map(formatNetwork);
		expect(texts.filter((text) => !text.includes(':'))).toHaveLength(15);
		expect(texts.filter((text) => text.includes(':'))).toHaveLength(7);
		expect(new Set(texts).size).toBe(22);
		for (const network of builtInCloudflareRanges) {
			expect(
				protectionOf(network, { cloudflare: [], own: [] }, { allowWide: true }),
			).toBeUndefined();
		}
	});

	it('are read from the answer of the API', () => {
		const ranges = cloudflareRangesFrom({
			ipv4_cidrs: ['198.51.100.0/24'],
			ipv6_cidrs: ['2001:db8::/32'],
			etag: 'x',
		});
		expect(ranges?.map(formatNetwork)).toEqual(['198.51.100.0/24', '2001:db8::/32']);
	});

	it.each([
		undefined,
		null,
		'x',
		[],
		{},
		{ ipv4_cidrs: [], ipv6_cidrs: [] },
		{ ipv4_cidrs: ['198.51.100.0/24'], ipv6_cidrs: [] },
		{ ipv4_cidrs: [], ipv6_cidrs: ['2001:db8::/32'] },
		{ ipv4_cidrs: ['198.51.100.0/24'] },
		{ ipv4_cidrs: ['198.51.100.0/24', 'x'], ipv6_cidrs: ['2001:db8::/32'] },
		{ ipv4_cidrs: ['198.51.100.0/24', 7], ipv6_cidrs: ['2001:db8::/32'] },
		{ ipv4_cidrs: '198.51.100.0/24', ipv6_cidrs: ['2001:db8::/32'] },
	])('are not read from %j', (answer) => {
		expect(cloudflareRangesFrom(answer)).toBeUndefined();
	});
});
