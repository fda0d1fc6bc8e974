import { exampleCom, output, refusal, runNode, useCloudflare } from '../support/nodeTest.cjs';
import { dns, recordNamed, records, stored, zone_id } from '../support/dnsRecords.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare();

const create = dns('create');
const POST = { method: 'POST' };
const count = () => stored(cf).length;
const HASH = 'd2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971';
const LOC = {
	lat_degrees: 51,
	lat_direction: 'N',
	long_degrees: 0,
	long_direction: 'W',
	altitude: 10,
};

type Value = [type: string, parameters: object, body: object, content: string];

/** Own fields for the common types, checked JSON for the others. */
const values: Value[] = [
	['A', { content: ' 192.0.2.9 ' }, { content: '192.0.2.9' }, '192.0.2.9'],
	['AAAA', { content: '2001:DB8:0::9' }, { content: '2001:db8::9' }, '2001:db8::9'],
	['CNAME', { content: 'Host.Example.NET.' }, { content: 'host.example.net' }, 'host.example.net'],
	[
		'MX',
		{ content: 'mx3.mail.example' },
		{ content: 'mx3.mail.example', priority: 10 },
		'mx3.mail.example',
	],
	['MX', { content: '.', priority: '={{ "0" }}' }, { content: '.', priority: 0 }, '.'],
	['TXT', { content: 'v=spf1 -all' }, { content: 'v=spf1 -all' }, 'v=spf1 -all'],
	['NS', { content: 'ns1.example.net' }, { content: 'ns1.example.net' }, 'ns1.example.net'],
	[
		'SRV',
		{ priority: 1, weight: 5, port: 5061, target: 'sip.example.com' },
		{ data: { priority: 1, weight: 5, port: 5061, target: 'sip.example.com' } },
		'1 5 5061 sip.example.com',
	],
	[
		'CAA',
		{ tag: 'issuewild', value: 'letsencrypt.org' },
		{ data: { flags: 0, tag: 'issuewild', value: 'letsencrypt.org' } },
		'0 issuewild "letsencrypt.org"',
	],
	['PTR', { content: 'host.example.com' }, { content: 'host.example.com' }, 'host.example.com'],
	['OPENPGPKEY', { content: 'mQENBFzj' }, { content: 'mQENBFzj' }, 'mQENBFzj'],
	['LOC', { data: LOC }, { data: LOC }, '51 0 0.000 N 0 0 0.000 W 10.00m 0.00m 0.00m 0.00m'],
	[
		'URI',
		{ priority: 7, data: { weight: 1, target: 'ftp://ftp.example.com/' } },
		{ priority: 7, data: { weight: 1, target: 'ftp://ftp.example.com/' } },
		'7 1 "ftp://ftp.example.com/"',
	],
	...(
		[
			['CERT', { type: 1, key_tag: 2, algorithm: 8, certificate: 'AbC=' }, '1 2 8 AbC='],
			['DNSKEY', { flags: 257, protocol: 3, algorithm: 13, public_key: 'AbC=' }, '257 3 13 AbC='],
			['DS', { key_tag: 1, algorithm: 13, digest_type: 2, digest: HASH }, `1 13 2 ${HASH}`],
			['HTTPS', { priority: 1, target: '.', value: 'alpn="h2"' }, '1 . alpn="h2"'],
			['SVCB', { priority: 0, target: 'a.example.com', value: '' }, '0 a.example.com'],
			[
				'NAPTR',
				{ order: 1, preference: 2, flags: 'S', service: 'SIP+D2U', regex: '', replacement: '.' },
				'1 2 "S" "SIP+D2U" "" .',
			],
			['SMIMEA', { usage: 3, selector: 0, matching_type: 1, certificate: HASH }, `3 0 1 ${HASH}`],
			['SSHFP', { algorithm: 4, type: 2, fingerprint: HASH }, `4 2 ${HASH}`],
			['TLSA', { usage: 3, selector: 1, matching_type: 1, certificate: HASH }, `3 1 1 ${HASH}`],
		] as const
	).map(
		([type, data, content]): Value => [type, { data: JSON.stringify(data) }, { data }, content],
	),
];

describe('DNS Record: Create', () => {
	test.each(values)('%s %j, as the SDK sends it', async (type, parameters, body, content) => {
		const [record] = await output({ ...create, type, name: 'new', ...parameters });
		expect(record).toMatchObject({ type, name: 'new.example.com', content, zone_id });
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((client) =>
				client.dns.records.create({ zone_id, type, name: 'new', ttl: 1, ...body } as never),
			),
		]);
	});

	test('all that a record has beside its value', async () => {
		const additionalFields = {
			comment: 'Sinkhole, case 4711',
			proxied: true,
			tags: 'owner:soc, critical',
			ttl: '={{ "1" }}',
			ipv4Only: true,
			privateRouting: false,
		};
		await output({ ...create, type: 'A', name: '@', content: '192.0.2.9', additionalFields });
		expect(cf.calls[0].body).toEqual({
			type: 'A',
			name: '@',
			content: '192.0.2.9',
			comment: 'Sinkhole, case 4711',
			proxied: true,
			tags: ['owner:soc', 'critical'],
			ttl: 1,
			settings: { ipv4_only: true },
			private_routing: false,
		});
		console.log(`dnsRecord:create: ${cf.calls.length} call`);
	});

	test('type and value may come from the data, one item of each, with one bad one', async () => {
		const result = await runNode({
			parameters: {
				...create,
				zone: exampleCom,
				type: '={{ $json.type }}',
				name: '={{ $json.name }}',
				content: '={{ $json.to }}',
			},
			items: [
				{ type: 'A', name: 'one', to: '192.0.2.1' },
				{ type: 'A', name: 'two', to: '192.0.2' },
				{ type: 'TXT', name: 'three', to: 'hello' },
			],
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.name ?? json.error, pairedItem]),
		).toEqual([
			['one.example.com', { item: 0 }],
			['IPv4 Address: got "192.0.2"', { item: 1 }],
			['three.example.com', { item: 2 }],
		]);
		expect(result.items[0].json.zone_name).toBe('example.com');
	});

	test('an identical record is refused, in the words of Cloudflare', async () => {
		const parameters = { ...create, type: 'A', name: 'origin', content: '203.0.113.7' };
		const text = await refusal(parameters);
		expect(text).toContain('An identical record already exists');
		expect(text).toContain('Create or Update takes that for done');
	});

	test('an alias beside an address is refused, and it is said why', async () => {
		const parameters = { ...create, type: 'CNAME', name: 'vpn', content: 'host.example.net' };
		expect(await refusal(parameters)).toContain('either one CNAME record or A and AAAA records');
	});

	describe.each([81057, 81058] as const)(
		'through failing connections, duplicates as %i',
		(code) => {
			const parameters = { ...create, type: 'A', name: 'Sink', content: '192.0.2.9' };
			const expectOne = async (attempts: number) => {
				const before = count();
				const [record] = await output(parameters);
				expect(count()).toBe(before + 1);
				expect(record.id).toBe(recordNamed(cf, 'sink.example.com').id);
				expect(cf.calls.filter(({ method }) => method === 'POST')).toHaveLength(attempts);
			};
			beforeEach(() => {
				cf.state.dns.duplicateCode = code;
			});

			test('cut after it took effect: no second record', async () => {
				cf.faults.add({ kind: 'cutAfter', match: POST });
				await expectOne(1);
			});

			test('cut before it took effect: sent again', async () => {
				cf.faults.add({ kind: 'cutBefore', match: POST });
				await expectOne(2);
			});

			test('cut after it took effect, and seen only after the second try', async () => {
				cf.faults.add({ kind: 'cutAfter', match: { ...POST, nth: 1 } });
				// What was just stored need not be listed at once.
				const empty = { success: true, errors: [], messages: [], result: [], result_info: {} };
				const match = { method: 'GET', path: records };
				cf.faults.add({ kind: 'status', status: 200, body: empty, match });
				await expectOne(2);
			});

			test.each([
				['another TTL', { type: 'A', name: 'origin', content: '203.0.113.7' }],
				[
					'another comment',
					{
						type: 'A',
						name: 'origin',
						content: '203.0.113.7',
						additionalFields: { ttl: 300, comment: 'mine' },
					},
				],
			])('cut while there is one with %s: that is not taken for this one', async (_what, more) => {
				cf.faults.add({ kind: 'cutBefore', match: POST });
				const before = count();
				expect(await refusal({ ...create, ...more })).toContain('The record is there already');
				expect(count()).toBe(before);
			});

			test('cut while the mail server has another priority: created beside it', async () => {
				cf.faults.add({ kind: 'cutBefore', match: POST });
				const mx = { type: 'MX', name: '@', content: 'mx1.mail.example', priority: 30 };
				const before = count();
				const [record] = await output({ ...create, ...mx });
				expect(record).toMatchObject({ content: 'mx1.mail.example', priority: 30 });
				expect(count()).toBe(before + 1);
			});

			test('cut after it took effect: what is off need not be in the record', async () => {
				cf.faults.add({ kind: 'cutAfter', match: POST });
				const off = {
					ipv4Only: false,
					privateRouting: false,
					proxied: false,
					comment: '',
					tags: '',
				};
				const before = count();
				await output({ ...parameters, additionalFields: off });
				expect(count()).toBe(before + 1);
			});

			test('too many requests: sent again', async () => {
				cf.faults.add({ kind: 'rateLimited', match: POST });
				await expectOne(2);
			});
		},
	);
});
