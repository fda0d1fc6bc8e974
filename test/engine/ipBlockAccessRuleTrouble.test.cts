import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { blockingByRule, rulesPath } from '../support/accessRuleBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { DAY, earlierBlocks, showing } from '../support/earlierBlocks.cjs';
import { blocksOf, claimsOf, days } from '../support/ipBlocks.cjs';
import {
	moveTime,
	output,
	refusal,
	runNode,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { expectNoSecret } from '../support/secrets.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { accessRules, isBlocked } = blocksOf(cf);
const { access, writes } = blockingState(cf);
const { note } = earlierBlocks(time.now);

describe('IP Block: Block by access rules in trouble', () => {
	test.each(['cutBefore', 'cutAfter'] as const)('%s at the POST: blocked, once', async (kind) => {
		cf.faults.add({ kind, match: { method: 'POST' } });
		const results = await output(blockingByRule('45.1.2.3'));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(accessRules()).toHaveLength(1);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('a POST whose answer is lost, and whose rule is not listed at once: still blocked by us', async () => {
		cf.faults.add({ kind: 'cutAfter', match: { method: 'POST' } });
		cf.faults.add(showing(rulesPath, []));
		const results = await output(blockingByRule('45.1.2.3'));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(writes()).toHaveLength(2);
		expect(accessRules()).toHaveLength(1);
	});

	test.each(['cutBefore', 'cutAfter'] as const)('%s at the PATCH: extended', async (kind) => {
		access('45.1.2.3', { notes: note(DAY) });
		cf.faults.add({ kind, match: { method: 'PATCH' } });
		const results = await output(blockingByRule('45.1.2.3', days(7)));
		expect(results).toMatchObject([{ outcome: 'extended' }]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('one address that fails is an error for its item alone', async () => {
		// Four tries of one of the first requests.
		const items = ['45.1.2.3', '45.1.2.4', '45.1.2.3'].map((ip) => ({ ip }));
		access('45.1.2.3', { notes: note(DAY) });
		cf.faults.add({ kind: 'status', status: 500, match: { method: 'PATCH' }, times: 4 });
		const result = await runNode({
			parameters: blockingByRule('={{ $json.ip }}', days(7)),
			items,
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			[undefined, { item: 0 }],
			['blocked', { item: 1 }],
			[undefined, { item: 2 }],
		]);
		const [{ json: failed }] = result.items;
		expect(failed.error).toContain('Cloudflare could not process the request');
		expect(failed.details).toMatchObject({
			description: expect.stringContaining('Blocked by now: 1 of the 2 addresses'),
		});
	});

	test('a token that may not write: the other addresses are not even tried', async () => {
		const apiToken = addToken(cf.state, { permissions: ['Zone Read', 'Firewall Services Read'] });
		const addresses = Array.from({ length: 100 }, (_, index) => `45.1.3.${index}`);
		const result = await runNode({
			parameters: blockingByRule('={{ $json.ip }}'),
			items: addresses.map((ip) => ({ ip })),
			credentials: tokenCredential({ apiToken }),
			onError: 'continueRegularOutput',
		});
		expect(result.items).toHaveLength(100);
		for (const { json } of result.items) expect(json.error).toContain('not allowed to do this');
		expectNoSecret(result, [apiToken]);
		expect(writes().length).toBeLessThanOrEqual(8);
	});

	test('a rate limit that does not end: stops, and says how far it came', async () => {
		const addresses = Array.from({ length: 60 }, (_, index) => `45.1.3.${index}`);
		for (let nth = 21; nth <= 80; nth += 1)
			cf.faults.add({ kind: 'rateLimited', retryAfter: 900, match: { method: 'POST', nth } });
		const text = await refusal(blockingByRule(addresses.join()));
		const done = addresses.filter((ip) => isBlocked(ip)).length;
		expect(done).toBe(20);
		expect(text).toContain(`Blocked by now: ${done} of the 60 addresses`);
		expect(writes().length).toBeLessThanOrEqual(28);
		cf.faults.clear();
		const results = await output(blockingByRule(addresses.join()));
		expect(claimsOf(cf, results)).toEqual([]);
		expect(results.filter(({ outcome }) => outcome === 'blocked')).toHaveLength(40);
	});
});
