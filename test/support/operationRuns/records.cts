import { recordNamed } from '../dnsRecords.cjs';
import { exampleCom, locator, mainAccount, type Cloudflare } from '../nodeTest.cjs';
import { runsOf, type OperationRun } from './types.cjs';

const dnsRecord = runsOf('dnsRecord', { zone: exampleCom });
const origin = (cloudflare: Cloudflare) => ({
	record: locator('id', recordNamed(cloudflare, 'origin.example.com').id),
});

export const recordRuns: OperationRun[] = [
	dnsRecord('get', 'by ID', {}, origin),
	dnsRecord('get', 'as it is', { simplify: false }, origin),
	dnsRecord('getAll', 'of a zone', { returnAll: true }),
	dnsRecord('getAll', 'filtered', { filters: { type: 'A', nameContains: 'origin' } }),
	dnsRecord('getAll', 'of several zones', {
		searchIn: 'several',
		zones: 'example.com, example.net',
		returnAll: true,
	}),
	dnsRecord('getAll', 'of all zones', {
		searchIn: 'account',
		account: mainAccount,
		filters: { content: '203.0.113.7' },
		returnAll: true,
	}),
	dnsRecord('create', 'A', {
		type: 'A',
		name: 'new.example.com',
		content: '203.0.113.99',
		additionalFields: { comment: 'Case 42', proxied: true },
	}),
	dnsRecord('create', 'SRV', {
		type: 'SRV',
		name: '_x._tcp.example.com',
		port: 5061,
		target: 'sip.example.com',
	}),
	dnsRecord('create', 'CAA', { type: 'CAA', name: 'example.com', value: 'ca.example' }),
	dnsRecord('upsert', 'new', { type: 'A', name: 'new.example.com', content: '203.0.113.99' }),
	dnsRecord('upsert', 'there', { type: 'A', name: 'origin.example.com', content: '203.0.113.99' }),
	dnsRecord('upsert', 'beside the others', {
		type: 'A',
		name: 'origin.example.com',
		content: '203.0.113.99',
		otherContent: 'add',
	}),
	dnsRecord('update', 'content', { updateFields: { content: '203.0.113.98', ttl: 300 } }, origin),
	dnsRecord('delete', 'by ID', {}, origin),
];
