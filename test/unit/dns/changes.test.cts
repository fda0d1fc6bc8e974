import { changesOf } from '../../../nodes/CloudflareSecurity/actions/dnsRecord/changes';

const record = { id: 'r', type: 'A' as const, name: 'www.example.com', content: '192.0.2.1' };
const changes = (before: object, attributes: object) =>
	changesOf(
		{ ...record, ...before },
		{ type: 'A', name: 'www', value: { content: '192.0.2.1' }, attributes },
	);

test.each<[before: object, attributes: object]>([
	[{}, { comment: '', private_routing: false, proxied: false, tags: [] }],
	[
		{ comment: null, settings: null },
		{ comment: '', settings: { ipv4_only: false } },
	],
	[{ settings: {} }, { settings: { flatten_cname: false } }],
	[{ settings: { ipv4_only: true, ipv6_only: false } }, { settings: { ipv4_only: true } }],
	[{ tags: ['b', 'a'] }, { tags: ['a', 'b'] }],
])('a record with %j has %j', (before, attributes) => {
	expect(changes(before, attributes)).toEqual({});
});

test.each<[before: object, attributes: object]>([
	[{}, { proxied: true }],
	[{ proxied: true }, { proxied: false }],
	[{ private_routing: true }, { private_routing: false }],
	[{ comment: 'x' }, { comment: '' }],
	[{ tags: ['a'] }, { tags: [] }],
	[{ tags: ['a,b'] }, { tags: ['a', 'b'] }],
	[{ settings: { ipv4_only: true } }, { settings: { ipv4_only: false } }],
	[{ ttl: 300 }, { ttl: 1 }],
])('a record with %j lacks %j', (before, attributes) => {
	expect(changes(before, attributes)).toEqual(attributes);
});
