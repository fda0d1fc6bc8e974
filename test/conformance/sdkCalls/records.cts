import type Cloudflare from 'cloudflare';
import type { RecordCreateParams } from 'cloudflare/resources/dns/records';
import {
	account,
	chosen,
	exampleCom,
	zoneNamed,
	type Given,
	type SdkCalls,
	type SdkJobs,
} from './helpers.cjs';

const all = { page: 1, per_page: 5000 };
const recordIn = (given: Given) => chosen(given, 'record');

const getRecord: SdkCalls = async (sdk, given) =>
	await sdk.dns.records.get(recordIn(given), await exampleCom(sdk));

const created =
	(record: (zone: { zone_id: string }) => RecordCreateParams): SdkCalls =>
	async (sdk) =>
		await sdk.dns.records.create(record(await exampleCom(sdk)));

/** The records of that name, before one of them is written. */
const namesakes = async (sdk: Cloudflare, name: string) => {
	const zone = await exampleCom(sdk);
	const list = { ...zone, name: { exact: name }, type: 'A' as const, ...all };
	const { result } = await sdk.dns.records.list(list);
	return { zone, found: result };
};

export const recordJobs: SdkJobs = {
	'dnsRecord:get (by ID)': getRecord,
	'dnsRecord:get (as it is)': getRecord,
	'dnsRecord:getAll (of a zone)': async (sdk) =>
		await sdk.dns.records.list({ ...(await exampleCom(sdk)), ...all }),
	'dnsRecord:getAll (filtered)': async (sdk) =>
		await sdk.dns.records.list({
			...(await exampleCom(sdk)),
			type: 'A',
			name: { contains: 'origin' },
			page: 1,
			per_page: 50,
		}),
	'dnsRecord:getAll (of several zones)': async (sdk) => {
		const zones = [await exampleCom(sdk), await zoneNamed(sdk, 'example.net')];
		await Promise.all(zones.map(async (zone) => await sdk.dns.records.list({ ...zone, ...all })));
	},
	'dnsRecord:getAll (of all zones)': async (sdk) => {
		const zones: string[] = [];
		for (const page of [1, 2]) {
			const list = {
				account: { id: account.account_id },
				order: 'name',
				page,
				per_page: 50,
			} as const;
			const { result } = await sdk.zones.list(list);
			zones.push(...result.map(({ id }) => id));
		}
		for (const zone_id of zones)
			await sdk.dns.records.list({ zone_id, content: { exact: '203.0.113.7' }, ...all });
	},
	'dnsRecord:create (A)': created((zone) => ({
		...zone,
		type: 'A',
		name: 'new.example.com',
		content: '203.0.113.99',
		ttl: 1,
		comment: 'Case 42',
		proxied: true,
	})),
	'dnsRecord:create (SRV)': created((zone) => ({
		...zone,
		type: 'SRV',
		name: '_x._tcp.example.com',
		ttl: 1,
		data: { priority: 10, weight: 0, port: 5061, target: 'sip.example.com' },
	})),
	'dnsRecord:create (CAA)': created((zone) => ({
		...zone,
		type: 'CAA',
		name: 'example.com',
		ttl: 1,
		data: { flags: 0, tag: 'issue', value: 'ca.example' },
	})),
	'dnsRecord:upsert (new)': async (sdk) => {
		const name = 'new.example.com';
		const { zone } = await namesakes(sdk, name);
		await sdk.dns.records.create({ ...zone, type: 'A', name, content: '203.0.113.99', ttl: 1 });
	},
	'dnsRecord:upsert (there)': async (sdk) => {
		const name = 'origin.example.com';
		const { zone, found } = await namesakes(sdk, name);
		const [{ id, ttl }] = found;
		await sdk.dns.records.edit(id, { ...zone, type: 'A', name, ttl, content: '203.0.113.99' });
	},
	'dnsRecord:upsert (beside the others)': async (sdk) => {
		const name = 'origin.example.com';
		const { zone } = await namesakes(sdk, name);
		await sdk.dns.records.create({ ...zone, type: 'A', name, content: '203.0.113.99', ttl: 1 });
	},
	'dnsRecord:update (content)': async (sdk, given) => {
		const zone = await exampleCom(sdk);
		const { name } = await sdk.dns.records.get(recordIn(given), zone);
		const written = { type: 'A', name, ttl: 300, content: '203.0.113.98' } as const;
		await sdk.dns.records.edit(recordIn(given), { ...zone, ...written });
	},
	'dnsRecord:delete (by ID)': async (sdk, given) => {
		const zone = await exampleCom(sdk);
		await sdk.dns.records.get(recordIn(given), zone);
		await sdk.dns.records.delete(recordIn(given), zone);
	},
};
