import { refuses, ID_EXPECTED } from '../support/badInput.cjs';
import { locator, refusal, useCloudflare } from '../support/nodeTest.cjs';
import { dns, recordNamed } from '../support/dnsRecords.cjs';

const cf = useCloudflare();

const wanted = (type: string, parameters: object) => ({
	...dns('create'),
	type,
	name: 'new',
	...parameters,
});
const a = (parameters: object) => wanted('A', { content: '192.0.2.1', ...parameters });
const withFields = (additionalFields: object) => a({ additionalFields });

refuses('a value that does not fit its type is refused before any request', cf, [
	[
		'A: a name',
		wanted('A', { content: 'host.example.com' }),
		'IPv4 Address: got',
		'An IPv4 address',
	],
	[
		'A: a network',
		wanted('A', { content: '192.0.2.0/24' }),
		'IPv4 Address: got',
		'An IPv4 address',
	],
	['A: octal', wanted('A', { content: '192.0.2.010' }), 'IPv4 Address: got', 'An IPv4 address'],
	['A: IPv6', wanted('A', { content: '2001:db8::1' }), 'IPv4 Address: got', 'An IPv4 address'],
	['A: nothing', wanted('A', { content: '' }), 'IPv4 Address: got', 'An IPv4 address'],
	['AAAA: IPv4', wanted('AAAA', { content: '192.0.2.1' }), 'IPv6 Address: got', 'An IPv6 address'],
	['CNAME: an address', wanted('CNAME', { content: '192.0.2.1' }), 'Target: got', 'A host name'],
	['CNAME: a URL', wanted('CNAME', { content: 'https://a.example' }), 'Target: got', 'A host name'],
	[
		'CNAME: itself',
		wanted('CNAME', { name: 'a.example.com', content: 'A.example.com.' }),
		'Target: got "a.example.com", the name itself',
		'Another host name',
	],
	[
		'MX: priority out of range',
		wanted('MX', { content: 'mx.example.com', priority: '={{ 70000 }}' }),
		'Priority: got 70000',
		'A whole number from 0 to 65535',
	],
	[
		'MX: both',
		wanted('MX', { content: 'no host', priority: '={{ -1 }}' }),
		'Record Data: these do not fit. Mail Server: got "no host"; Priority: got -1',
		'Mail Server: a host name, or a dot for none; Priority: a whole number from 0 to 65535',
	],
	['TXT: nothing', wanted('TXT', { content: '={{ " " }}' }), 'Text: got an empty text', 'A text'],
	['TXT: too long', wanted('TXT', { content: 'x'.repeat(4097) }), 'Text: got', '4,096 bytes'],
	[
		'SRV: every field',
		wanted('SRV', { priority: '={{ 1.5 }}', weight: '={{ "x" }}', port: '={{ 65536 }}' }),
		'Record Data: these do not fit. Priority: got 1.5; Weight: got "x"; Port: got 65536; Target: got an empty text',
		'Port: a whole number from 0 to 65535',
	],
	[
		'CAA: another tag',
		wanted('CAA', { tag: '={{ "contactemail" }}', value: 'x' }),
		'Tag: got "contactemail"',
		'One of: issue, issuewild, iodef',
	],
	[
		'TLSA: parts missing, wrong and unknown, each named',
		wanted('TLSA', { data: { usage: 300, selector: 1, certificate: 'xyz', port: 443 } }),
		'Record Data: these do not fit. Data (JSON) → usage: got 300; Data (JSON) → matching_type: got nothing; Data (JSON) → certificate: got "xyz"; Data (JSON) → port: this type has no such part',
		'Data (JSON) → certificate: pairs of hexadecimal digits',
	],
	[
		'LOC: north by number',
		wanted('LOC', {
			data: {
				lat_degrees: 91,
				lat_direction: 'N',
				long_degrees: 0,
				long_direction: 'E',
				altitude: 1,
			},
		}),
		'Data (JSON) → lat_degrees: got 91',
		'A whole number from 0 to 90',
	],
	['DS: text', wanted('DS', { data: '={{ "1 13 2 AB" }}' }), 'Data (JSON): got', 'JSON'],
	['DS: a list', wanted('DS', { data: '={{ [1] }}' }), 'Data (JSON): got [1]', 'A JSON object'],
	[
		'a prototype key is no part',
		wanted('SSHFP', { data: '{"algorithm":4,"type":2,"fingerprint":"ab","__proto__":{}}' }),
		'Data (JSON) → __proto__',
		'One of: algorithm, type, fingerprint',
	],
	['no such type', wanted('={{ "SPF" }}', {}), 'Type: got "SPF"', 'One of: A, AAAA'],
]);

refuses('attributes that cannot be used are refused before any request', cf, [
	['a TTL of 0', withFields({ ttl: '={{ 0 }}' }), 'TTL: got 0', 'from 1 to 86400'],
	['a TTL of 29', withFields({ ttl: 29 }), 'TTL: got 29', '1 for automatic, or 60'],
	['a TTL that is too long', withFields({ ttl: '={{ 86401 }}' }), 'TTL: got 86401', '86400'],
	['a TTL in words', withFields({ ttl: '={{ "1h" }}' }), 'TTL: got "1h"', 'A whole number'],
	[
		'a TTL for a proxied record',
		withFields({ ttl: 300, proxied: true }),
		'TTL: got 300, and the record is proxied',
		'1 (automatic)',
	],
	[
		'a text record that is proxied',
		wanted('TXT', { content: 'x', additionalFields: { proxied: true } }),
		'Proxied: the type is TXT',
		'An A, AAAA or CNAME record',
	],
	[
		'a doubtful yes',
		withFields({ proxied: '={{ "yes!" }}' }),
		'Proxied: got "yes!"',
		'true or false',
	],
	['a comment of two lines', withFields({ comment: '={{ "a\\nb" }}' }), 'Comment: got', 'One line'],
	['a long comment', withFields({ comment: 'x'.repeat(501) }), 'Comment: got', '500'],
	[
		'a tag with a blank in its name',
		withFields({ tags: 'my tag:x' }),
		'Tags: got "my tag:x"',
		'name:value',
	],
	['a tag that is no text', withFields({ tags: '={{ [7] }}' }), 'Tags: got 7 as number 1', 'Texts'],
	['no name', a({ name: '' }), 'Name: got an empty text', '@ for the zone itself'],
	['a name with a blank', a({ name: 'a b' }), 'Name: got "a b"', 'www.example.com'],
	['a URL as name', a({ name: 'https://www.example.com/' }), 'Name: got', 'www.example.com'],
	['a name with two dots', a({ name: 'a..b' }), 'Name: got "a..b"', 'www.example.com'],
	[
		'another choice for other content',
		{ ...a({ otherContent: '={{ "replace" }}' }), operation: 'upsert' },
		'Other Content: got "replace"',
		'One of: add, update',
	],
]);

const id = '0'.repeat(32);
const one = (operation: string, record: unknown, more: object = {}) => ({
	...dns(operation),
	record,
	...more,
});
refuses('records that are not named by an ID are refused before any request', cf, [
	['nothing chosen', one('get', locator('list', '')), 'Record: got nothing', ID_EXPECTED],
	['a name', one('get', locator('id', 'www.example.com')), 'Record: got "www', ID_EXPECTED],
	[
		'a UUID',
		one('delete', '={{ "f174e90a-fafe-4643-bbbc-4a0ed4fc8415" }}'),
		'Record: got',
		ID_EXPECTED,
	],
	['a path', one('delete', locator('id', '../../zones')), 'Record: got', ID_EXPECTED],
	[
		'nothing to change',
		one('update', locator('id', id)),
		'Update Fields: nothing was added',
		'At least one',
	],
	[
		'an empty name',
		one('update', locator('id', id), { updateFields: { name: '' } }),
		'Name: got an empty text',
		'www',
	],
	[
		'a bad TTL',
		one('update', locator('id', id), { updateFields: { ttl: 7 } }),
		'TTL: got 7',
		'1 for automatic',
	],
]);

describe('Update: what does not fit the record is refused before it is written', () => {
	test.each<[name: string, fields: object, message: string]>([
		['vpn.example.com', { content: 'host' }, 'IPv4 Address: got "host"'],
		['vpn.example.com', { port: 1 }, 'SRV Port: the record is of type A, which has no such part'],
		['vpn.example.com', { data: '{}' }, 'Data (JSON): the record is of type A'],
		['vpn.example.com', { priority: 1 }, 'Priority: the record is of type A'],
		['_sip._tcp.example.com', { content: 'x' }, 'Content: the record is of type SRV'],
		['_sip._tcp.example.com', { port: '={{ 70000 }}' }, 'Port: got 70000'],
		['_sip._tcp.example.com', { proxied: true }, 'Proxied: the type is SRV'],
		['www.example.com', { ttl: 300 }, 'TTL: got 300, and the record is proxied'],
	])('%s %j', async (name, updateFields, message) => {
		const record = locator('id', recordNamed(cf, name).id);
		expect(await refusal(one('update', record, { updateFields }))).toContain(message);
		expect(cf.calls.map(({ method }) => method)).toEqual(['GET']);
	});
});

describe('a zone that is not there', () => {
	test.each(['create', 'upsert', 'get', 'getAll', 'update', 'delete'])('%s', async (operation) => {
		const parameters = {
			...a({ updateFields: { ttl: 60 }, record: locator('id', id) }),
			operation,
			zone: locator('name', 'elsewhere.example'),
		};
		expect(await refusal(parameters)).toContain('no zone named "elsewhere.example" is visible');
		expect(cf.calls.map(({ path }) => path)).toEqual(['/zones']);
	});
});
