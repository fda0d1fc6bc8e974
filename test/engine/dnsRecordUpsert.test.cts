import { addToken } from '../../sandbox/cloudflare/index.cjs';
import {
	exampleCom,
	output,
	refusal,
	runNode,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { dns, recordNamed, records, stored, zone_id } from '../support/dnsRecords.cjs';

const cf = useCloudflare();

const upsert = dns('upsert');
const methods = () => cf.calls.map(({ method }) => method);
const named = (name: string, type: string) =>
	stored(cf).filter((record) => record.name === name && record.type === type);

describe('DNS Record: Create or Update', () => {
	test('nothing there: created', async () => {
		const parameters = { ...upsert, type: 'A', name: 'new', content: '192.0.2.1' };
		expect(await output(parameters)).toEqual([
			expect.objectContaining({ name: 'new.example.com', outcome: 'created', previous: null }),
		]);
		// The name of the zone, which makes the name complete; the look; the write.
		expect(methods()).toEqual(['GET', 'GET', 'POST']);
		expect(Object.fromEntries(cf.calls[1].query)).toEqual({
			'name.exact': 'new.example.com',
			type: 'A',
			page: '1',
			per_page: '5000',
		});
		console.log(`dnsRecord:upsert: ${cf.calls.length} calls, 2 with the zone by name`);
	});

	test.each<[what: string, parameters: object]>([
		['as it is', { type: 'A', name: 'origin', content: '203.0.113.7' }],
		['by its complete name', { type: 'A', name: 'Origin.Example.com.', content: '203.0.113.7' }],
		[
			'with the same attributes',
			{
				type: 'A',
				name: 'vpn',
				content: '198.51.100.23',
				additionalFields: { tags: ['critical', 'owner:it'], ttl: 1, comment: 'VPN gateway' },
			},
		],
		['at the apex', { type: 'A', name: '@', content: '203.0.113.10' }],
		['an address in another spelling', { type: 'AAAA', name: '@', content: '2001:DB8:10:0:0::10' }],
		[
			'a host in another spelling',
			{ type: 'CNAME', name: 'old-blog', content: 'Example.Blog-Host.example.' },
		],
		[
			'text without its quotes',
			{ type: 'TXT', name: '@', content: 'v=spf1 include:_spf.mail.example -all' },
		],
		[
			'one of two mail servers',
			{ type: 'MX', name: '@', content: 'mx2.mail.example', priority: 20 },
		],
		['one of two CAA records', { type: 'CAA', name: '@', value: 'letsencrypt.org' }],
		[
			'data of other types',
			{
				type: 'DS',
				name: 'dev',
				data: {
					key_tag: '2371',
					algorithm: 13,
					digest_type: 2,
					digest: 'D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971',
				},
			},
		],
	])('there already, %s: nothing is written', async (_what, parameters) => {
		const [record] = await output({ ...upsert, ...parameters });
		expect(record).toMatchObject({ outcome: 'unchanged', previous: null, zone_id });
		expect(methods()).toEqual(['GET', 'GET']);
		expect(cf.state.changes).toEqual([]);
	});

	test.each(['Zuständig: SOC', '"Zuständig: " "SOC"', `Zuständig: ${'ä'.repeat(200)}`])(
		'text beyond ASCII, %s, is recognised in the form in which it comes back',
		async (content) => {
			const parameters = { ...upsert, type: 'TXT', name: 'note', content };
			const [made] = await output(parameters);
			expect(made).toMatchObject({ outcome: 'created' });
			expect(made.content).toContain('Zust\\195\\164ndig');
			expect(await output(parameters)).toMatchObject([{ id: made.id, outcome: 'unchanged' }]);
		},
	);

	test('there with other attributes: only those are changed', async () => {
		const additionalFields = { ttl: 600, comment: 'Origin behind the proxy; do not publish' };
		const [record] = await output({
			...upsert,
			type: 'A',
			name: 'origin',
			content: '203.0.113.7',
			additionalFields,
		});
		expect(record).toMatchObject({ outcome: 'updated', ttl: 600, previous: { ttl: 300 } });
		expect(cf.calls.at(-1)).toMatchObject({ method: 'PATCH', body: { ttl: 600 } });
	});

	test('the same mail server with another priority is the same record', async () => {
		const parameters = {
			...upsert,
			type: 'MX',
			name: '@',
			content: 'mx2.mail.example',
			priority: 30,
		};
		const [record] = await output(parameters);
		expect(record).toMatchObject({ outcome: 'updated', priority: 30, previous: { priority: 20 } });
		expect(named('example.com', 'MX')).toHaveLength(2);
	});

	test('exactly one with other content: updated, and what is not given stays', async () => {
		const before = { ...recordNamed(cf, 'origin.example.com') };
		const parameters = { ...upsert, type: 'A', name: 'origin', content: '192.0.2.1' };
		const [record] = await output(parameters);
		expect(record).toMatchObject({
			id: before.id,
			outcome: 'updated',
			content: '192.0.2.1',
			ttl: 300,
			tags: before.tags,
			previous: { content: '203.0.113.7' },
		});
		expect(cf.calls.at(-1)?.body).toEqual({ content: '192.0.2.1' });
	});

	test('several with other content: refused, with what is there and what to do', async () => {
		const text = await refusal({ ...upsert, type: 'MX', name: '@', content: 'mx9.mail.example' });
		expect(text).toContain('Name: 2 MX records have this name and other content');
		expect(text).toContain('"mx1.mail.example", "mx2.mail.example"');
		expect(text).toContain('Add Beside It');
		expect(cf.state.changes).toEqual([]);
	});

	test.each([
		['MX', 'mx9.mail.example', 3],
		['A', '192.0.2.1', 2],
	])('Add Beside It leaves the other %s records', async (type, content, count) => {
		const parameters = { ...upsert, type, name: '@', content, otherContent: 'add' };
		expect((await output(parameters))[0]).toMatchObject({ outcome: 'created' });
		expect(named('example.com', type)).toHaveLength(count);
		expect((await output(parameters))[0]).toMatchObject({ outcome: 'unchanged' });
		expect(named('example.com', type)).toHaveLength(count);
	});

	test('two items that wish for the same make one record', async () => {
		const result = await runNode({
			parameters: { ...upsert, type: 'A', name: 'sink', content: '={{ $json.ip }}' },
			items: [{ ip: '192.0.2.1' }, { ip: '192.0.2.300' }, { ip: '192.0.2.1' }],
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.outcome ?? json.error, pairedItem]),
		).toEqual([
			['created', { item: 0 }],
			['IPv4 Address: got "192.0.2.300"', { item: 1 }],
			['unchanged', { item: 2 }],
		]);
		expect(named('sink.example.com', 'A')).toHaveLength(1);
		// The name of the zone is asked for once.
		expect(cf.calls.filter(({ path }) => path === `/zones/${zone_id}`)).toHaveLength(1);
	});

	test('cut after the effect: one record', async () => {
		cf.faults.add({ kind: 'cutAfter', match: { method: 'POST' } });
		const parameters = {
			...upsert,
			zone: exampleCom,
			type: 'A',
			name: 'sink',
			content: '192.0.2.1',
		};
		expect(await output(parameters)).toEqual([expect.objectContaining({ outcome: 'created' })]);
		expect(named('sink.example.com', 'A')).toHaveLength(1);
	});

	test('somebody else creates the same record in between: it is there', async () => {
		const parameters = {
			...upsert,
			zone: exampleCom,
			type: 'A',
			name: 'race',
			content: '192.0.2.1',
		};
		// Both look before either writes.
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: records } });
		const results = await Promise.all([output(parameters), output(parameters)]);
		expect(results.map(([{ outcome }]) => outcome).sort()).toEqual(['created', 'unchanged']);
		expect(named('race.example.com', 'A')).toHaveLength(1);
	});

	test('somebody else deletes the record in between: created', async () => {
		const { id } = recordNamed(cf, 'origin.example.com');
		const gone = [{ code: 81044, message: 'Record does not exist.' }];
		const match = { method: 'PATCH', path: `${records}/${id}` };
		cf.faults.add({ kind: 'status', status: 404, errors: gone, match });
		const [record] = await output({ ...upsert, type: 'A', name: 'origin', content: '192.0.2.1' });
		expect(record.outcome).toBe('updated');
		expect(methods().filter((method) => method === 'PATCH')).toHaveLength(2);
	});

	test('a TTL for a record that is proxied is refused before it is written', async () => {
		const additionalFields = { ttl: 300 };
		const parameters = { ...upsert, type: 'A', name: '@', content: '203.0.113.10' };
		expect(await refusal({ ...parameters, additionalFields })).toContain(
			'TTL: got 300, and the record is proxied',
		);
		expect(cf.state.changes).toEqual([]);
	});
});

describe('the look-up of the zone name', () => {
	const parameters = { ...upsert, type: 'A', name: '={{ $json.name }}', content: '192.0.2.1' };

	test('fails for one item: the next one asks again', async () => {
		cf.faults.add({ kind: 'status', status: 503, times: 4, match: { path: `/zones/${zone_id}` } });
		const result = await runNode({
			parameters,
			items: ['one', 'two', 'three'].map((name) => ({ name })),
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ json }) => json.outcome ?? json.error)).toEqual([
			expect.stringContaining('Cloudflare could not process the request'),
			'created',
			'created',
		]);
		expect(cf.calls.filter(({ path }) => path === `/zones/${zone_id}`)).toHaveLength(5);
	});

	test('is refused: the error names its permission', async () => {
		const apiToken = addToken(cf.state, { permissions: ['DNS Write'] });
		const text = await refusal(
			{ ...parameters, name: 'one' },
			{ credentials: tokenCredential({ apiToken }) },
		);
		expect(text).toContain('Give the token the permission "Zone → Zone → Read"');
	});

	test('tells no name: nothing is written', async () => {
		const body = { success: true, errors: [], messages: [], result: { id: zone_id } };
		cf.faults.add({
			kind: 'status',
			status: 200,
			body,
			times: 4,
			match: { path: `/zones/${zone_id}` },
		});
		expect(await refusal({ ...parameters, name: 'one' })).toContain('could not be read');
		expect(cf.state.changes).toEqual([]);
	});
});
