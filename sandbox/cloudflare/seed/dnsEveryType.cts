const KEY = 'mQENBFzjqGoBCADTKLKfh0hTwjk4Xl0ZQKD1Y7xJ8m2cVbq9p2hG7m4zXw==';
const HASH = 'd2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971';

/** The records of example.com: every type, a delegation that hides a name, and what investigations look for. */
export function everyType(): Array<Record<string, unknown>> {
	return [
		{ type: 'A', name: '@', content: '203.0.113.10', proxied: true },
		{ type: 'AAAA', name: '@', content: '2001:db8:10::10', proxied: true },
		{ type: 'CNAME', name: 'www', content: '@', proxied: true },
		{
			type: 'A',
			name: 'origin',
			content: '203.0.113.7',
			ttl: 300,
			comment: 'Origin behind the proxy; do not publish',
			tags: ['owner:platform', 'env:prod'],
		},
		{
			type: 'A',
			name: 'vpn',
			content: '198.51.100.23',
			comment: 'VPN gateway',
			tags: ['owner:it', 'critical'],
		},
		{ type: 'A', name: 'intranet', content: '10.20.0.12', comment: 'Inside only' },
		{ type: 'A', name: '*.preview', content: '203.0.113.50', proxied: true },
		{
			type: 'A',
			name: 'old-shop',
			content: '198.51.100.77',
			comment: 'Machine returned to the host in 2025',
			tags: ['owner:marketing'],
		},
		{ type: 'CNAME', name: 'old-blog', content: 'example.blog-host.example', ttl: 3600 },
		{ type: 'MX', name: '@', content: 'mx1.mail.example', priority: 10 },
		{ type: 'MX', name: '@', content: 'mx2.mail.example', priority: 20 },
		{ type: 'TXT', name: '@', content: '"v=spf1 include:_spf.mail.example -all"' },
		{
			type: 'TXT',
			name: '_dmarc',
			content: '"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com"',
		},
		{ type: 'NS', name: 'dev', content: 'ns1.dev.example.com' },
		{ type: 'NS', name: 'dev', content: 'ns2.dns.example' },
		{ type: 'A', name: 'ns1.dev', content: '198.51.100.53', comment: 'Glue' },
		{ type: 'A', name: 'app.dev', content: '198.51.100.54', comment: 'Hidden by the delegation' },
		{
			type: 'DS',
			name: 'dev',
			data: { key_tag: 2371, algorithm: 13, digest_type: 2, digest: HASH },
		},
		{ type: 'CAA', name: '@', data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' } },
		{
			type: 'CAA',
			name: '@',
			data: { flags: 0, tag: 'iodef', value: 'mailto:security@example.com' },
		},
		{
			type: 'CERT',
			name: 'pki',
			data: { type: 1, key_tag: 4711, algorithm: 8, certificate: KEY },
		},
		{
			type: 'DNSKEY',
			name: 'signed',
			data: { flags: 257, protocol: 3, algorithm: 13, public_key: KEY },
		},
		{ type: 'HTTPS', name: '@', data: { priority: 1, target: '.', value: 'alpn="h3,h2"' } },
		{
			type: 'SVCB',
			name: '_dns',
			data: { priority: 1, target: 'dns.example.com', value: 'alpn="dot"' },
		},
		{
			type: 'LOC',
			name: 'office',
			data: {
				lat_degrees: 51,
				lat_minutes: 30,
				lat_seconds: 12.748,
				lat_direction: 'N',
				long_degrees: 0,
				long_minutes: 7,
				long_seconds: 39.612,
				long_direction: 'W',
				altitude: 10,
				size: 1,
				precision_horz: 10,
				precision_vert: 2,
			},
		},
		{
			type: 'NAPTR',
			name: 'sip',
			data: {
				order: 100,
				preference: 10,
				flags: 'S',
				service: 'SIP+D2U',
				regex: '',
				replacement: '_sip._udp.example.com',
			},
		},
		{ type: 'OPENPGPKEY', name: 'openpgp', content: KEY },
		{ type: 'PTR', name: '7.reverse', content: 'origin.example.com' },
		{
			type: 'SMIMEA',
			name: '_smimecert',
			data: { usage: 3, selector: 0, matching_type: 1, certificate: HASH },
		},
		{
			type: 'SRV',
			name: '_sip._tcp',
			data: { priority: 10, weight: 5, port: 5060, target: 'sip.example.com' },
		},
		{ type: 'SSHFP', name: 'vpn', data: { algorithm: 4, type: 2, fingerprint: HASH } },
		{
			type: 'TLSA',
			name: '_443._tcp.www',
			data: { usage: 3, selector: 1, matching_type: 1, certificate: HASH },
		},
		{
			type: 'URI',
			name: '_ftp._tcp',
			priority: 10,
			data: { weight: 1, target: 'ftp://ftp.example.com/public' },
		},
	];
}
