// Part of sdk.test.cts: DNS records, zone settings and the cache.
import Cloudflare from 'cloudflare';
import type { RecordResponse } from 'cloudflare/resources/dns/records';
import { RECORD_TYPE_NAMES } from '../../sandbox/cloudflare/dns/recordTypes.cjs';
import type { DnsRecord, RecordTypeName } from '../../sandbox/cloudflare/dns/types.cjs';
import { seedIds } from '../../sandbox/cloudflare/index.cjs';
import { client, collect, sandbox } from './referee.cjs';

const zone = { zone_id: seedIds.zones['example.com'] };
const { records } = client.dns;
const id = expect.stringMatching(/^[0-9a-f]{32}$/);
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const written = { name: 'case.example.com', ttl: 300 };

type Assert<T extends true> = T;
/** Checked by the compiler: the types of records, and what is common to all of them. */
export type RecordsFit = [
	Assert<RecordTypeName extends RecordResponse['type'] ? true : false>,
	Assert<RecordResponse['type'] extends RecordTypeName ? true : false>,
	Assert<
		Pick<
			DnsRecord,
			'id' | 'name' | 'ttl' | 'proxiable' | 'created_on' | 'modified_on'
		> extends Pick<
			RecordResponse,
			'id' | 'name' | 'ttl' | 'proxiable' | 'created_on' | 'modified_on'
		>
			? true
			: false
	>,
];

test('DNS records: every type in one zone, over pages', async () => {
	const found: RecordResponse[] = await collect(records.list({ ...zone, per_page: 10 }));
	expect(new Set(found.map(({ type }) => type))).toEqual(new Set(RECORD_TYPE_NAMES));
	for (const record of found) {
		expect(record).toMatchObject({
			id,
			content: expect.any(String),
			proxiable: expect.any(Boolean),
			proxied: expect.any(Boolean),
			ttl: expect.any(Number),
			settings: {},
			meta: {},
			tags: expect.any(Array),
			created_on: date,
			modified_on: date,
		});
		expect(record).not.toHaveProperty('zone_id');
		expect(record).not.toHaveProperty('zone_name');
	}
});

test('DNS records: the filters, as the SDK writes them', async () => {
	const found = await collect(
		records.list({
			...zone,
			type: 'A',
			name: { startswith: 'ORIGIN', endswith: '.example.com', contains: 'gin.ex' },
			content: { exact: '203.0.113.7', startswith: '203.', contains: '0.113', endswith: '.7' },
			comment: { present: '', contains: 'proxy' },
			tag: { present: 'owner', exact: 'env:prod', absent: 'critical' },
			tag_match: 'all',
			match: 'all',
			search: 'origin',
			proxied: false,
			order: 'name',
			direction: 'desc',
			per_page: 100,
		}),
	);
	expect(found.map(({ name }) => name)).toEqual(['origin.example.com']);
	expect(sandbox.calls[0].query).toContainEqual(['name.startswith', 'ORIGIN']);
});

test('DNS records: create, get, edit, update, delete', async () => {
	const created = await records.create({
		...zone,
		...written,
		type: 'A',
		content: '203.0.113.99',
		comment: 'Case 42',
		tags: ['owner:soc'],
	});
	const { id: made } = created;
	expect(created).toMatchObject({ ...written, id, comment: 'Case 42', comment_modified_on: date });
	expect(await records.get(made, zone)).toEqual(created);
	const edited = await records.edit(made, {
		...zone,
		...written,
		type: 'A',
		content: '203.0.113.98',
		proxied: true,
	});
	expect(edited).toMatchObject({ id: made, proxied: true, ttl: 1, comment: 'Case 42' });
	const updated = await records.update(made, {
		...zone,
		...written,
		type: 'A',
		content: '203.0.113.98',
	});
	expect(updated).toMatchObject({ id: made, proxied: false, ttl: 300, comment: null, tags: [] });
	expect(await records.delete(made, zone)).toEqual({ id: made });
	await expect(records.get(made, zone)).rejects.toMatchObject({
		status: 404,
		errors: [{ code: 81044 }],
	});
});

test('DNS records: data is formatted as content', async () => {
	const data = { priority: 10, weight: 5, port: 443, target: 'Host.Example.Org.' };
	const name = '_x._tcp.example.com';
	const created = await records.create({ ...zone, name, ttl: 1, type: 'SRV', data });
	expect(created).toMatchObject({
		data: { ...data, target: 'host.example.org' },
		content: '10 5 443 host.example.org',
	});
	expect(created).not.toHaveProperty('priority');
});

test('zone settings: get and edit', async () => {
	const { settings } = client.zones;
	expect(await settings.get('security_level', zone)).toEqual({
		id: 'security_level',
		value: 'medium',
		editable: true,
		modified_on: null,
	});
	const edited = await settings.edit('security_level', { ...zone, value: 'under_attack' });
	expect(edited).toMatchObject({ value: 'under_attack', modified_on: date });
	expect(await settings.edit('ssl_recommender', { ...zone, enabled: false })).toMatchObject({
		enabled: false,
	});
	expect(await settings.edit('development_mode', { ...zone, value: 'on' })).toMatchObject({
		value: 'on',
		time_remaining: 10800,
	});
	await expect(settings.get('warp_speed', zone)).rejects.toBeInstanceOf(Cloudflare.BadRequestError);
});

test.each([
	{ purge_everything: true },
	{ files: ['https://www.example.com/a.css'] },
	{ files: [{ url: 'https://www.example.com/', headers: { 'CF-Device-Type': 'mobile' } }] },
	{ tags: ['product-1'] },
	{ hosts: ['www.example.com'] },
	{ prefixes: ['www.example.com/shop'] },
])('cache: purge %j', async (body) => {
	expect(await client.cache.purge({ ...zone, ...body })).toEqual({ id: zone.zone_id });
});
