import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { blockingState } from '../support/blockingState.cjs';
import { blocking, findBlocks } from '../support/ipBlocks.cjs';
import { output, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const cf = useCloudflare();
const { list, rule, access, writes } = blockingState(cf);

const com = seedIds.zones['example.com'];
const OURS = formatBlockComment({ origin: 'Playbook', reason: 'Stuffing', expiresAt: 4e12 });
describe('IP Block: Find', () => {
	test('an address that nothing blocks', async () => {
		expect(await findBlocks('45[.]1.2.3')).toEqual([
			{
				input: '45[.]1.2.3',
				address: '45.1.2.3',
				notes: [expect.any(String)],
				blocked: false,
				everywhere: false,
				zones: [{ scope: 'zone', id: com, name: 'example.com', blocked: false }],
				blocks: [],
				setAside: [],
				setAsideCount: 0,
				unreadable: [],
			},
		]);
		expect(writes()).toEqual([]);
	});

	test('what is no address is told, and asks nothing', async () => {
		const records = await findBlocks('nobody');
		expect(records).toMatchObject([
			{ address: null, blocked: null, refusal: { code: expect.any(String) } },
		]);
		expect(cf.calls).toEqual([]);
	});

	test('the item of a wider network, with its block and the rules that use the list', async () => {
		const { id } = list('bad', ['45.1.0.0/16', '45.1.2.0/25', '46.0.0.0/8'], OURS);
		list('unused', ['45.1.2.3'], 'By hand');
		const ruleId = rule('ip.src in $bad', { description: 'Bad' });
		rule('ip.src in $unused', { enabled: false });
		const [{ blocked, blocks }] = await findBlocks('45.1.2.3');
		expect(blocked).toBe(true);
		const kept = { list: { id, name: 'bad' }, blocks: true, covers: 'all' };
		const block = { ours: true, blockedBy: 'Playbook', reason: 'Stuffing' };
		expect(blocks).toMatchObject([
			{ ...kept, network: '45.1.0.0/16', block },
			{
				...kept,
				network: '45.1.2.0/25',
				block,
				rules: [{ rule_id: ruleId, description: 'Bad', blocks: true, place: { id: com } }],
			},
			{ list: { name: 'unused' }, blocks: false, block: { ours: false, reason: 'By hand' } },
		]);
	});

	test('IPv6, in any spelling', async () => {
		list('bad', ['2001:db8::/32']);
		rule('ip.src in $bad');
		access('2001:db8:1::/48', { at: 'account' });
		access('2001:db8:1::1', { mode: 'whitelist' });
		const records = await findBlocks('2001:DB8:2:0::5, 2001:db8:1:0::2, 2001:db8:1::1');
		expect(records.map(({ blocked }) => blocked)).toEqual([true, true, false]);
		expect(records[2].blocks).toMatchObject([
			{ kind: 'listItem', blocks: true },
			{ kind: 'accessRule', mode: 'block', owner: expect.stringContaining('account') },
			{
				kind: 'accessRule',
				mode: 'whitelist',
				blocks: false,
				reason: 'an IP access rule lets it through, past all other rules',
			},
		]);
	});

	test('custom rules: for certain, depending on more, and such as let it through', async () => {
		rule('ip.src in {45.1.2.0/24} and http.host eq "shop.example.com"');
		expect(await findBlocks('45.1.2.3')).toMatchObject([
			{ blocked: null, blocks: [{ kind: 'rule', blocks: null, action: 'block' }] },
		]);
		rule('ip.src eq 45.1.2.3 or http.host eq "x"');
		expect(await findBlocks('45.1.2.3, 192.0.2.3')).toMatchObject([
			{ blocked: true, blocks: [{ blocks: null }, { blocks: true, networks: ['45.1.2.3'] }] },
			{ blocked: false, blocks: [{ kind: 'listItem', rules: [{ action: 'skip' }] }] },
		]);
	});

	test('lists of Cloudflare cannot be looked into, countries are set aside', async () => {
		rule('ip.src in $cf.open_proxies');
		rule('ip.src.country in {"KP"}', { description: 'Sanctions' });
		expect(await findBlocks('45.1.2.3')).toMatchObject([
			{
				blocked: null,
				blocks: [
					{
						kind: 'rule',
						blocks: null,
						lists: ['cf.open_proxies'],
						reason:
							'whether a custom rule blocks it depends on who is in $cf.open_proxies, which Cloudflare does not tell',
					},
				],
				setAside: [{ description: 'Sanctions', reason: expect.stringContaining('country') }],
				setAsideCount: 1,
			},
		]);
	});

	test('of many rules that are set aside each address names ten, and says how many there are', async () => {
		for (let index = 0; index < 25; index += 1)
			rule(`ip.src.country eq "KP" and http.host eq "www${index}.example.com"`);
		const records = await findBlocks('45.1.2.3, 45.1.2.4');
		expect(records.map(({ setAsideCount }) => setAsideCount)).toEqual([25, 25]);
		for (const { setAside } of records) expect(setAside).toHaveLength(10);
	});

	test('a network: as a whole, or in part', async () => {
		list('bad', ['45.1.2.0/24', '45.1.3.7']);
		rule('ip.src in $bad');
		access('45.1.4.7', { notes: 'One host' });
		const records = await findBlocks('45.1.2.128/25, 45.1.3.0/24, 45.1.4.0/24, 45.1.5.0/24');
		expect(records.map(({ blocked }) => blocked)).toEqual([true, null, null, false]);
		expect(records[1].blocks).toMatchObject([
			{ covers: 'part', network: '45.1.3.7', blocks: true },
		]);
		expect(records[2].blocks).toMatchObject([{ covers: 'part', kind: 'accessRule' }]);
	});

	test('several zones, or all of the account', async () => {
		await output(blocking('45.1.2.3'));
		const [several] = await findBlocks('45.1.2.3', {
			zonesFrom: 'several',
			zones: 'example.com, example.net',
		});
		expect(several).toMatchObject({
			blocked: true,
			everywhere: false,
			zones: [
				{ name: 'example.com', blocked: true },
				{ name: 'example.net', blocked: false },
			],
		});
		access('45.1.2.3', { at: 'account' });
		const [all] = await findBlocks('45.1.2.3', { zonesFrom: 'account' });
		expect(all).toMatchObject({ blocked: true, everywhere: true });
		expect((all.zones as unknown[]).length).toBeGreaterThan(4);
	});

	test('rules of the account count also where zones do not list them', async () => {
		cf.state.accessRules.listsInherited = false;
		access('45.1.2.3', { at: 'account' });
		const [all] = await findBlocks('45.1.2.3', { zonesFrom: 'account' });
		expect(all).toMatchObject({ blocked: true, everywhere: true });
	});
});
