import { createCloudflare, seedIds, type Cloudflare } from '../../sandbox/cloudflare/index.cjs';
import {
	block,
	CUSTOM,
	entryPointPath,
	refusal,
	sender,
	zonePath,
	type Answer,
	type Send,
} from './support.cjs';

interface Rule {
	id: string;
	version: string;
	ref: string;
	description: string;
}

let cloudflare: Cloudflare;
let send: Send;
beforeEach(() => {
	cloudflare = createCloudflare();
	send = sender(cloudflare);
});

const custom = `${zonePath('example.com')}/rulesets/${seedIds.rulesets.exampleComCustom}`;
const fresh = `${zonePath('example.net')}/rulesets`;
const account = `/accounts/${seedIds.mainAccount}/rulesets`;
const rulesOf = ({ json }: Answer): Rule[] => json.result.rules;
const newEntryPoint = (rules: object[] = []) => ({
	name: 'default',
	kind: 'zone',
	phase: CUSTOM,
	rules,
});

test('an entry point exists once it was created, and only once', async () => {
	expect(refusal(await send('GET', entryPointPath('example.net')))).toBe('404 10003');
	const created = await send('POST', fresh, newEntryPoint([block('203.0.113.7')]));
	expect(created.json.result).toMatchObject({ kind: 'zone', phase: CUSTOM, version: '1' });
	const again = await send('POST', fresh, newEntryPoint());
	expect(refusal(again)).toBe('400 20217');
	expect(again.json.errors[0].source).toEqual({ pointer: '/kind' });
	expect((await send('GET', entryPointPath('example.net'))).json).toMatchObject({
		result: created.json.result,
	});
});

test('adding a rule answers the whole ruleset; ref is the id unless set; versions count up', async () => {
	const before = (await send('GET', custom)).json.result;
	const { json } = await send('POST', `${custom}/rules`, block('203.0.113.7'));
	const added = json.result.rules[3];
	expect(json.result).toMatchObject({ id: before.id, version: '8' });
	expect(json.result.rules.slice(0, 3)).toEqual(before.rules);
	expect(added).toMatchObject({ version: '1', enabled: true, description: '', ref: added.id });
	const own = await send('POST', `${custom}/rules`, block('203.0.113.8', { ref: 'case-1' }));
	expect(rulesOf(own)[4].ref).toBe('case-1');
	const stored = (await send('GET', `${custom}/versions`)).json.result;
	expect(stored.map(({ version }: Rule) => version)).toEqual(['7', '8', '9']);
	expect(stored[0]).not.toHaveProperty('rules');
	expect((await send('GET', `${custom}/versions/7`)).json.result).toEqual(before);
});

describe('position', () => {
	const ids = async () => rulesOf(await send('GET', custom)).map(({ id }) => id);

	test.each<[string, (ids: string[]) => object, number]>([
		['before everything', () => ({ before: '' }), 0],
		['after everything', () => ({ after: '' }), 3],
		['before a rule', ([, second]) => ({ before: second }), 1],
		['after a rule', ([, second]) => ({ after: second }), 2],
		['index 1', () => ({ index: 1 }), 0],
		['the last index', () => ({ index: 4 }), 3],
	])('a new rule goes %s', async (_what, position, expected) => {
		const old = await ids();
		const body = block('203.0.113.7', { description: 'new', position: position(old) });
		const rules = rulesOf(await send('POST', `${custom}/rules`, body));
		expect(rules.findIndex(({ description }) => description === 'new')).toBe(expected);
		expect(rules.filter(({ description }) => description !== 'new').map(({ id }) => id)).toEqual(
			old,
		);
	});

	test.each([
		{ index: 0 },
		{ index: 5 },
		{ index: 1.5 },
		{ index: '1' },
		{ before: 'a'.repeat(32) },
		{ after: 'a'.repeat(32) },
		{ before: '', after: '' },
		{},
		{ first: true },
		'first',
	])('%j is refused', async (position) => {
		const answer = await send('POST', `${custom}/rules`, block('203.0.113.7', { position }));
		expect(answer.status).toBe(400);
		expect(answer.json.errors[0].source.pointer).toMatch(/^\/position/);
		expect(await ids()).toHaveLength(3);
	});

	test('a body with nothing else moves the rule and makes no version of it', async () => {
		const [first, second, third] = await ids();
		const moved = await send('PATCH', `${custom}/rules/${first}`, { position: { index: 3 } });
		expect(rulesOf(moved).map(({ id }) => id)).toEqual([second, third, first]);
		expect(rulesOf(moved)[2].version).toBe('1');
		expect(moved.json.result.version).toBe('8');
		const out = await send('PATCH', `${custom}/rules/${first}`, { position: { index: 4 } });
		expect(out.status).toBe(400);
	});
});

test('editing replaces the definition: what is left out is gone', async () => {
	const [, , rule] = rulesOf(await send('GET', custom));
	const edited = rulesOf(
		await send('PATCH', `${custom}/rules/${rule.id}`, block('203.0.113.7')),
	)[2];
	expect(edited).toMatchObject({ id: rule.id, version: '2', description: '', ref: rule.ref });
	const partial = await send('PATCH', `${custom}/rules/${rule.id}`, { action_parameters: {} });
	expect(partial.json.errors.map(({ message }: Error) => message).join('\n')).toMatch(
		/action is required for action parameters\n.*expression cannot be blank/,
	);
});

test('replacing an entry point drops what is left out, and keeps a rule by its ref', async () => {
	const [, , scanners] = rulesOf(await send('GET', custom));
	const body = { rules: [block('203.0.113.7', { ref: 'block_scanners' }), block('203.0.113.8')] };
	const rules = rulesOf(await send('PUT', entryPointPath('example.com'), body));
	expect(rules).toHaveLength(2);
	expect(rules[0]).toMatchObject({ id: scanners.id, version: '2' });
	const made = await send('PUT', entryPointPath('example.net'), { rules: [] });
	expect(made.json.result).toMatchObject({ kind: 'zone', name: 'default', version: '1' });
});

test('deleting: a rule answers the ruleset, a ruleset answers nothing', async () => {
	const [first] = rulesOf(await send('GET', custom));
	expect(rulesOf(await send('DELETE', `${custom}/rules/${first.id}`))).toHaveLength(2);
	expect(refusal(await send('DELETE', `${custom}/rules/${first.id}`))).toBe('404 10001');
	const gone = await send('DELETE', custom);
	expect(gone).toMatchObject({ status: 204, text: '' });
	expect(refusal(await send('GET', entryPointPath('example.com')))).toBe('404 10003');
});

test.each([
	['a managed ruleset', seedIds.rulesets.cloudflareManaged],
	['a ruleset in use', seedIds.rulesets.accountCustom],
])('%s cannot be deleted', async (_what, id) => {
	expect((await send('DELETE', `${account}/${id}`)).status).toBe(400);
	expect(cloudflare.state.rulesets.has(id)).toBe(true);
});

describe('dry run', () => {
	const snapshot = () => JSON.stringify([...cloudflare.state.rulesets]);

	test('checks everything, answers null, stores nothing', async () => {
		const before = snapshot();
		const rule = block('203.0.113.7');
		const dry = await Promise.all([
			send('POST', `${fresh}?dry_run=true`, newEntryPoint([rule])),
			send('PUT', `${entryPointPath('example.net')}?dry_run=true`, { rules: [rule] }),
			send('PUT', `${custom}?dry_run=true`, { rules: [] }),
			send('POST', `${custom}/rules?dry_run=true`, rule),
		]);
		for (const { status, json } of dry)
			expect({ status, json }).toMatchObject({
				status: 200,
				json: { success: true, result: null },
			});
		expect((await send('DELETE', `${custom}?dry_run=true`)).status).toBe(204);
		expect((await send('POST', `${custom}/rules?dry_run=true`, { action: 'block' })).status).toBe(
			400,
		);
		expect(snapshot()).toBe(before);
		expect(cloudflare.state.changes).toEqual([]);
	});

	test('takes no other values', async () => {
		expect((await send('POST', `${custom}/rules?dry_run=1`, block('203.0.113.7'))).status).toBe(
			400,
		);
		const real = await send('POST', `${custom}/rules?dry_run=false`, block('203.0.113.7'));
		expect(rulesOf(real)).toHaveLength(4);
	});
});

test('rules cannot be posted below the entry point', async () => {
	expect(refusal(await send('POST', `${entryPointPath('example.com')}/rules`, {}))).toBe(
		'405 10405',
	);
});

test('every write is reported with who, where, before and after', async () => {
	await send('POST', fresh, newEntryPoint());
	await send('POST', `${custom}/rules`, block('203.0.113.7'));
	expect(cloudflare.state.changes).toMatchObject([
		{ action: 'create', actor: 'userToken', scope: { id: seedIds.zones['example.net'] } },
		{ action: 'update', before: { version: '7' }, after: { version: '8' } },
	]);
	cloudflare.reset();
	expect(cloudflare.state.changes).toEqual([]);
	expect(rulesOf(await send('GET', custom))).toHaveLength(3);
});

test('writes to one ruleset can have a limit of their own', async () => {
	cloudflare.state.rulesetWriteLimit = { writes: 1, windowSeconds: 10 };
	expect((await send('POST', `${custom}/rules`, block('203.0.113.7'))).status).toBe(200);
	const refused = await send('POST', `${custom}/rules`, block('203.0.113.8'));
	expect(refusal(refused)).toBe('429 971');
	expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	expect((await send('POST', fresh, newEntryPoint())).status).toBe(200);
});
