import {
	callLines,
	exampleCom,
	locator,
	output,
	refusal,
	runListSearch,
	runNode,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { dns, recordNamed, records, stored, zone_id } from '../support/dnsRecords.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare();

const HASH = 'd2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971';

describe('DNS Record: Get, Update, Delete', () => {
	const one = (operation: string, name: string, content?: string) => {
		return { ...dns(operation), record: locator('id', recordNamed(cf, name, content).id) };
	};
	const path = (name: string) => `${records}/${recordNamed(cf, name).id}`;

	test('Get', async () => {
		const [record] = await output(one('get', 'vpn.example.com'));
		expect(record).toMatchObject({ type: 'A', content: '198.51.100.23', zone_id });
		expect(Object.keys(record)).toHaveLength(9);
		const [raw] = await output({ ...one('get', 'vpn.example.com'), simplify: false });
		expect(raw).toEqual({ ...recordNamed(cf, 'vpn.example.com'), zone_id });
	});

	test('Update of a record of a type that this version does not know', async () => {
		const update = one('update', 'vpn.example.com');
		Object.assign(recordNamed(cf, 'vpn.example.com'), { type: 'NEWTYPE' });
		expect(await refusal({ ...update, updateFields: { content: '192.0.2.1' } })).toContain(
			'Content: the record is of type NEWTYPE, which has no such part',
		);
		// The stand-in refuses the type; what matters is that the change of the comment goes out.
		await runNode({ parameters: { ...update, updateFields: { comment: 'Case 42' } } });
		expect(cf.calls.at(-1)).toMatchObject({ method: 'PATCH', body: { comment: 'Case 42' } });
	});

	test.each<[name: string, fields: object, body: object, previous: object]>([
		[
			'vpn.example.com',
			{ content: '192.0.2.1' },
			{ content: '192.0.2.1' },
			{ content: '198.51.100.23' },
		],
		['origin.example.com', { proxied: true }, { proxied: true }, { proxied: false }],
		[
			'vpn.example.com',
			{ ttl: 120, comment: '' },
			{ ttl: 120, comment: '' },
			{ ttl: 1, comment: 'VPN gateway' },
		],
		['vpn.example.com', { tags: '' }, { tags: [] }, { tags: ['owner:it', 'critical'] }],
		['vpn.example.com', { name: 'vpn2' }, { name: 'vpn2' }, { name: 'vpn.example.com' }],
		[
			'old-blog.example.com',
			{ flattenCname: true },
			{ settings: { flatten_cname: true } },
			{ settings: {} },
		],
		[
			'_sip._tcp.example.com',
			{ port: 5061 },
			{ data: { priority: 10, weight: 5, port: 5061, target: 'sip.example.com' } },
			{
				content: '10 5 5060 sip.example.com',
				data: { priority: 10, weight: 5, port: 5060, target: 'sip.example.com' },
			},
		],
		['_ftp._tcp.example.com', { priority: 11 }, { priority: 11 }, { priority: 10 }],
		[
			'vpn.example.com/SSHFP',
			{ data: { type: 1 } },
			{ data: { algorithm: 4, type: 1, fingerprint: HASH } },
			{ content: `4 2 ${HASH}`, data: { algorithm: 4, type: 2, fingerprint: HASH } },
		],
	])('Update %s: %j changes only that', async (name, updateFields, body, previous) => {
		const [host, type] = name.split('/');
		const before = stored(cf).find((each) => {
			return each.name === host && (type === undefined || each.type === type);
		})!;
		const record = locator('id', before.id);
		const [after] = await output({ ...dns('update'), record, updateFields });
		expect(comparable(cf.calls[1])).toEqual(
			await sdkRequest((client) =>
				client.dns.records.edit(before.id, { zone_id, ...body } as never),
			),
		);
		expect(after).toMatchObject({ id: before.id, previous, zone_id });
		expect(callLines(cf)).toHaveLength(2);
	});

	test('what was changed can be put back from the output', async () => {
		const parameters = one('update', 'origin.example.com');
		const before = { ...recordNamed(cf, 'origin.example.com') };
		const [changed] = await output({
			...parameters,
			updateFields: { content: '192.0.2.1', ttl: 60 },
		});
		const updateFields = {
			content: '={{ $json.previous.content }}',
			ttl: '={{ $json.previous.ttl }}',
		};
		const [restored] = await output({ ...parameters, updateFields }, { items: [changed] });
		expect(restored).toMatchObject({ content: before.content, ttl: before.ttl });
	});

	test('Delete gives the record that was deleted', async () => {
		const before = { ...recordNamed(cf, 'old-shop.example.com') };
		const lines = [`GET ${path(before.name)} 200`, `DELETE ${path(before.name)} 200`];
		expect(await output(one('delete', before.name))).toEqual([
			{ deleted: true, record: { ...before, zone_id } },
		]);
		expect(callLines(cf)).toEqual(lines);
		expect(() => recordNamed(cf, before.name)).toThrow('no record');
		console.log('dnsRecord:delete and dnsRecord:update: 2 calls');
	});

	test('takes the answer to Delete that the API reference shows: the result without its envelope', async () => {
		cf.state.dns.deletesBarely = true;
		const [item] = await output(one('delete', 'old-shop.example.com'));
		expect(item).toMatchObject({ deleted: true, record: { name: 'old-shop.example.com' } });
	});

	test('a Delete whose answer is lost counts as done', async () => {
		cf.faults.add({ kind: 'cutAfter', match: { method: 'DELETE' } });
		const [item] = await output(one('delete', 'old-shop.example.com'));
		expect(item.deleted).toBe(true);
	});

	test('a record that is not there is an error, for each operation', async () => {
		for (const operation of ['get', 'update', 'delete']) {
			const parameters = { ...dns(operation), updateFields: { ttl: 60 } };
			const text = await refusal({ ...parameters, record: locator('id', '0'.repeat(32)) });
			expect(text).toContain('Record does not exist. (code 81044)');
		}
	});

	test('one bad item among good ones', async () => {
		const result = await runNode({
			parameters: { ...dns('delete'), record: '={{ $json.id }}' },
			items: [
				{ id: recordNamed(cf, 'old-shop.example.com').id },
				{ id: 'old-blog.example.com' },
				{ id: recordNamed(cf, 'intranet.example.com').id },
			],
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.deleted ?? json.error, pairedItem]),
		).toEqual([
			[true, { item: 0 }],
			[expect.stringContaining('looks like a domain name: Get Many finds its ID'), { item: 1 }],
			[true, { item: 2 }],
		]);
	});
});

describe('the list of records in the editor', () => {
	const list = { path: 'parameters.record', parameters: { ...dns('get'), zone: exampleCom } };

	test('comes page by page, and can be searched', async () => {
		cf.state.dns.fill(zone_id, 150);
		const first = await runListSearch('searchRecords', list);
		expect(first.results).toHaveLength(100);
		const second = await runListSearch('searchRecords', {
			...list,
			paginationToken: first.paginationToken,
		});
		expect(second.results).toHaveLength(50);
		expect(second.paginationToken).toBeUndefined();
		const found = await runListSearch('searchRecords', { ...list, filter: ' VPN gate ' });
		expect(found.results).toEqual([
			{
				name: 'vpn.example.com A 198.51.100.23',
				value: recordNamed(cf, 'vpn.example.com').id,
				description: 'VPN gateway',
			},
		]);
	});

	test('asks for a zone first', async () => {
		const parameters = { ...dns('get'), zone: locator('list', '') };
		await expect(runListSearch('searchRecords', { ...list, parameters })).rejects.toThrow(
			'Zone: nothing was chosen',
		);
	});
});
