/** Answers that something between n8n and Cloudflare changed: well-formed, and not as the API gives them. */
import { altered, type Alter } from '../support/alteredAnswer.cjs';
import { blocklist, listsOf } from '../support/ipLists.cjs';
import { blocking, ipBlock } from '../support/ipBlocks.cjs';
import { output, refusal, useCloudflare } from '../support/nodeTest.cjs';
import { check, report } from '../support/permissionReport.cjs';
import { byRef, com, ruleOutput, ruleParameters } from '../support/ruleOperations.cjs';
import { rulesOf } from '../support/rulesets.cjs';

let alter: Alter | undefined;
const cf = useCloudflare({}, (request, response) => altered(request, response, alter));
beforeEach(() => {
	alter = undefined;
});

const { given } = listsOf(cf);
const writes = () => cf.calls.filter(({ method }) => method !== 'GET');
const UNREADABLE = "Cloudflare's answer could not be read";

const zone = { __rl: true, mode: 'id', value: com };
const access = { authentication: 'token', resource: 'ipAccessRule', zone, value: '198.51.100.9' };
const deleteRule = ruleParameters('delete', { rule: byRef('block_scanners') });
const noText = { toString: 1, valueOf: null };

const accessRules = /\/firewall\/access_rules\/rules$/;
const lists = /\/rules\/lists$/;
const entryPoint = /\/entrypoint$/;

interface Row {
	[key: string]: unknown;
	configuration: unknown;
}

/** Adds a row to a list. */
const andARow = (row: object) => (result: unknown) => [...(result as object[]), row];
/** Gives every record of the answer this member. */
const withMember = (name: string, value: unknown) => (result: unknown) =>
	Array.isArray(result)
		? result.map((row: Row) => ({ ...row, [name]: value }))
		: { ...(result as Row), [name]: value };

describe('an answer of another shape is refused, and nothing is written', () => {
	const noConfiguration = { id: 'f'.repeat(32), mode: 'block' };
	const oddValue = { ...noConfiguration, configuration: { target: 'ip', value: noText } };
	test.each<
		[what: string, parameters: object, path: RegExp, to: Required<Alter>['to'], detail: string]
	>([
		['an access rule that is about nothing, Create or Update', { ...access, operation: 'upsert' }, accessRules, andARow(noConfiguration), 'configuration is no record'], // prettier-ignore
		['an access rule that is about nothing, Delete', { ...access, operation: 'delete' }, accessRules, andARow(noConfiguration), 'configuration is no record'], // prettier-ignore
		['an access rule about no text, Get Many', { ...access, operation: 'getAll' }, accessRules, andARow(oddValue), 'configuration.value is no text'], // prettier-ignore
		['a list of a strange kind', { ...blocklist, operation: 'get' }, lists, withMember('kind', noText), 'kind is no text'], // prettier-ignore
		['lists with a strange size', { ...blocklist, operation: 'addItems', addresses: '198.51.100.9' }, lists, withMember('num_items', {}), 'num_items is no whole number'], // prettier-ignore
		['a list without a name', { ...blocklist, operation: 'delete' }, lists, andARow({ id: 'f'.repeat(32), kind: 'ip' }), 'name is no text'], // prettier-ignore
		['items without an address', { ...blocklist, operation: 'getItems' }, /\/items$/, withMember('ip', null), 'ip is no text'], // prettier-ignore
		['a block in a list of a strange kind', blocking('198.51.100.9', { options: { listName: 'blocklist' } }), lists, withMember('kind', []), 'kind is no text'], // prettier-ignore
		['a ruleset without a readable version', deleteRule, entryPoint, withMember('version', '9.9'), 'version is no version number'], // prettier-ignore
		['a rule with a strange ref', deleteRule, entryPoint, withMember('rules', [{ ref: noText }]), 'rules.ref is no text'], // prettier-ignore
	])('%s', async (_what, parameters, path, to, detail) => {
		given(['203.0.113.7']);
		alter = { method: 'GET', path, to };
		const text = await refusal({ ...parameters });
		expect(text).toContain(UNREADABLE);
		expect(text).toContain(detail);
		expect(writes()).toEqual([]);
	});
});

test('Find tells what it could not read', async () => {
	alter = { method: 'GET', path: accessRules, to: andARow({ id: 'f'.repeat(32), mode: 'block' }) };
	const found = await output({ ...ipBlock, operation: 'find', addresses: '198.51.100.9' });
	expect(JSON.stringify(found)).toContain(`${UNREADABLE} (HTTP 200): a result whose configuration`);
});

test('Check Permissions goes on without accounts whose names are no text, and says why', async () => {
	alter = { method: 'GET', path: /\/accounts$/, to: withMember('name', noText) };
	const { accounts, zones } = await report({ ...check, account: '' });
	expect(accounts).toMatchObject({ count: 0, note: expect.stringContaining(UNREADABLE) as string });
	expect(zones?.count).toBeGreaterThan(0);
});

test('totals that are no numbers are not there', async () => {
	const info = { total_count: noText, total_pages: noText, per_page: noText };
	const parameters = { ...ipBlock, operation: 'find', addresses: '198.51.100.9' };
	const found = await output(parameters);
	alter = { method: 'GET', path: accessRules, info };
	expect(await output(parameters)).toEqual(found);
	alter = { method: 'GET', path: /\/zones$/, info };
	const { zones } = await report({ ...check, account: '' });
	expect(zones?.count).toBe(zones?.first.length);
});

describe('Ruleset Rule: Delete', () => {
	test('rules that are null are none', async () => {
		alter = { method: 'GET', path: entryPoint, to: withMember('rules', null) };
		expect(await refusal(deleteRule)).toContain('has no rule with the ref "block_scanners"');
		expect(writes()).toEqual([]);
	});

	test('an answer without a version is not asked about', async () => {
		alter = { method: 'DELETE', path: /\/rules\//, to: withMember('version', undefined) };
		expect(await ruleOutput('delete', { rule: byRef('block_scanners') })).toMatchObject({
			deleted: true,
			rule: { ref: 'block_scanners' },
		});
		expect(cf.calls.some(({ path }) => path.includes('/versions/'))).toBe(false);
	});

	test('an answer with a strange version is refused, and tells that the rule may be gone', async () => {
		alter = { method: 'DELETE', path: /\/rules\//, to: withMember('version', '999.1.1.1/99') };
		const text = await refusal(deleteRule);
		expect(text).toContain(`${UNREADABLE} (HTTP 200): a result whose version is no version number`);
		expect(text).toContain('It is not known whether');
		expect(rulesOf(cf, com)).toHaveLength(2);
	});
});
