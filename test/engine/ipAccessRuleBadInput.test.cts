import { refuses } from '../support/badInput.cjs';
import { locator, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const cf = useCloudflare();

const block = (value: unknown, more: object = {}) => ({
	authentication: 'token',
	resource: 'ipAccessRule',
	operation: 'upsert',
	zone: locator('id', seedIds.zones['example.com']),
	value,
	...more,
});

const none = 'Value: IP access rules take no';
const only = (version: 4 | 6) => `of IPv${version} only single addresses and`;
refuses('IP Access Rule: what no rule can be about is refused before any request', cf, [
	['nothing', block(''), 'Value: got an empty text', 'An address such as'],
	['a name', block('host.example'), 'Value: got "host.example"', 'An address such as'],
	['octal', block('203.0.113.010'), 'Value: got', 'An address such as'],
	['two', block('203.0.113.7, 203.0.113.8'), 'Value: got', 'An address such as'],
	['a list', block('={{ ["203.0.113.7"] }}'), 'Value: got', 'An address such as'],
	[
		'IPv4 /25',
		block('203.0.113.128/25'),
		`${none} 203.0.113.128/25`,
		`${only(4)} /16, /24; the nearest: 203.0.113.0/24 or 128 single addresses`,
	],
	[
		'IPv4 /20',
		block('203.0.112.0/20'),
		`${none} 203.0.112.0/20`,
		'the nearest: 203.0.0.0/16 or 16 ranges of /24',
	],
	['IPv4 /8', block('203.0.0.0/8'), `${none} 203.0.0.0/8`, 'the nearest: 256 ranges of /16'],
	[
		'IPv6 /56',
		block('2001:db8::/56'),
		`${none} 2001:db8::/56`,
		`${only(6)} /32, /48, /64; the nearest: 2001:db8::/48 or 256 ranges of /64`,
	],
	['IPv6 /127', block('2001:db8::6/127'), `${none} 2001:db8::6/127`, 'an IP list'],
	['IPv6 as IPv4', block('2001:db8::1', { target: 'ip' }), 'Value: got', 'A single IPv4 address'],
	[
		'a range as address',
		block('203.0.113.0/24', { target: 'ip' }),
		'Value: got',
		'A single IPv4 address',
	],
	[
		'an address as range',
		block('203.0.113.7', { target: 'ip_range' }),
		'Value: got',
		'A range such as',
	],
	['AS 0', block('AS0', { target: 'asn' }), 'Value: got "AS0"', 'autonomous system'],
	['a large AS', block('4294967296', { target: 'asn' }), 'Value: got', 'autonomous system'],
	[
		'a country by name',
		block('Germany', { target: 'country' }),
		'Value: got "Germany"',
		'two letters',
	],
	[
		'an unknown target',
		block('x', { target: '={{ "user" }}' }),
		'Target: got "user"',
		'One of: address, asn',
	],
	[
		'an unknown mode',
		block('203.0.113.7', { mode: '={{ "deny" }}' }),
		'Mode: got "deny"',
		'One of: whitelist',
	],
	[
		'notes that are no text',
		block('203.0.113.7', { additionalFields: { notes: '={{ 7 }}' } }),
		'Notes: got 7',
		'A text',
	],
	[
		'an unclear Dry Run',
		block('203.0.113.7', { options: { dryRun: '={{ "perhaps" }}' } }),
		'Dry Run: got',
		'true or false',
	],
]);
