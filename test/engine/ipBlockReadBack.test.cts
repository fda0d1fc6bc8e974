import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { expiryIn } from '../support/blocksShown.cjs';
import { blocking, blocksOf } from '../support/ipBlocks.cjs';
import { moveTime, output, refusal, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
/** What others do when an answer is on its way. */
let meanwhile: ((request: Request) => void) | undefined;
const cf = useCloudflare({ now: time.now }, (request, response) => {
	meanwhile?.(request);
	return response;
});
afterEach(() => {
	meanwhile = undefined;
});
const { givenList, items, lists } = blocksOf(cf);

const until = { expires: 'at', expiresAt: '2040-01-01T00:00:00Z' };
const LATER = '2050-01-01T00:00:00Z';
const laterComment = formatBlockComment({ expiresAt: Date.parse(LATER), origin: 'Another run' });
const ITEMS = /\/items$/;

/** Calls this when a bulk operation was found done, with the number of the write that began it. */
function afterWrite(react: (write: number) => void): void {
	meanwhile = ({ url }) => {
		if (!url.includes('/bulk_operations/')) return;
		const operations = cf.state.lists.operations.values();
		if (operations.every(({ status }) => status === 'completed')) react(operations.length);
	};
}

function remove(ip: string): void {
	const [list] = lists();
	const item = list.items.at(ip);
	if (item) list.items.delete(item.id);
}

describe('IP Block: Block by list, while others write to it', () => {
	test('a list that this run made: what another run wrote to it since is not shortened', async () => {
		meanwhile = ({ method, url }) => {
			if (method === 'POST' && url.includes('/rulesets'))
				cf.state.lists.fill(lists()[0], ['45.1.2.3'], laterComment);
		};
		const [result] = await output(blocking('45.1.2.3', until));
		expect(result).toMatchObject({ outcome: 'alreadyBlocked', block: { expiresAt: LATER } });
		expect(expiryIn(items().get('45.1.2.3'))).toBe(LATER);
	});

	test('what was shown once and is gone again is written again', async () => {
		givenList();
		afterWrite((write) => {
			if (write === 1) remove('45.1.2.4');
			if (write === 2) remove('45.1.2.3');
		});
		const results = await output(blocking('45.1.2.3, 45.1.2.4', until));
		expect(results.map(({ outcome }) => outcome)).toEqual(['blocked', 'blocked']);
		expect([...items().keys()]).toEqual(['45.1.2.4', '45.1.2.3']);
		const writes = cf.calls.filter(({ method, path }) => method === 'POST' && ITEMS.test(path));
		expect(writes.map(({ body }) => (body as unknown[]).length)).toEqual([2, 1, 1]);
	});

	test('an expiry that somebody else shortens is written again', async () => {
		givenList();
		const sooner = formatBlockComment({ expiresAt: time.now() + 60_000, origin: 'Another run' });
		afterWrite((write) => {
			if (write === 1) cf.state.lists.fill(lists()[0], ['45.1.2.3'], sooner);
		});
		const [result] = await output(blocking('45.1.2.3', until));
		expect(result).toMatchObject({ outcome: 'blocked', block: { expiresAt: until.expiresAt } });
		expect(expiryIn(items().get('45.1.2.3'))).toBe(until.expiresAt);
	});

	test('somebody who keeps removing: an error that says so', async () => {
		givenList();
		afterWrite(() => remove('45.1.2.3'));
		const text = await refusal(blocking('45.1.2.3', until));
		expect(text).toContain('is gone or changed again: somebody else works on the list');
		expect(text).toContain(
			'There by now: the list n8n_blocklist, and a rule for it in example.com.',
		);
	});

	test('a list that cannot be read after the write: an error that says so', async () => {
		const fault = { kind: 'html', match: { method: 'GET', path: ITEMS }, times: 99 } as const;
		afterWrite(() => cf.faults.add(fault));
		const text = await refusal(blocking('45.1.2.3', until));
		expect(text).toContain(
			'The list could not be read afterwards: how many of the 1 addresses that this run writes are in it by now is not known.',
		);
		expect(text).toContain(
			'There by now: the list n8n_blocklist, and a rule for it in example.com.',
		);
	});
});

describe("IP Block: a write that waits for somebody else's", () => {
	const WAITS = { kind: 'rateLimited', retryAfter: null, times: 2 } as const;

	/** Others write at the moment in which this run's own write is refused, because theirs is on its way. */
	function whileWaiting(method: 'POST' | 'DELETE', others: () => void): void {
		cf.faults.add({ ...WAITS, match: { method, path: ITEMS } });
		meanwhile = (request) => {
			if (request.method === method && ITEMS.test(new URL(request.url).pathname)) others();
		};
	}
	const inList = (comment: string) => () => cf.state.lists.fill(lists()[0], ['45.1.2.3'], comment);

	test.each([
		['an item of somebody else', 'Court order 12/2026, never remove', { ours: false }],
		['a longer block of another run', laterComment, { ours: true, expiresAt: LATER }],
	])('Block leaves %s', async (_what, comment, told) => {
		givenList();
		whileWaiting('POST', inList(comment));
		const [result] = await output(blocking('45.1.2.3', until));
		expect(items().get('45.1.2.3')).toBe(comment);
		expect(result).toMatchObject({ outcome: 'alreadyBlocked', block: told });
	});

	test('Block writes the others of the run', async () => {
		givenList();
		whileWaiting('POST', inList(laterComment));
		const results = await output(blocking('45.1.2.3, 45.1.2.4', until));
		expect(results.map(({ outcome }) => outcome)).toEqual(['alreadyBlocked', 'blocked']);
		expect([...items().keys()].sort()).toEqual(['45.1.2.3', '45.1.2.4']);
	});

	test('Remove Expired leaves what was extended', async () => {
		const over = formatBlockComment({ expiresAt: time.now() - 60_000, origin: 'Earlier run' });
		givenList();
		cf.state.lists.fill(lists()[0], ['45.1.2.3', '45.1.2.4'], over);
		whileWaiting('DELETE', inList(laterComment));
		const results = await output({ ...blocking(''), operation: 'removeExpired' });
		expect(results.map(({ address }) => address)).toEqual(['45.1.2.4']);
		expect([...items()]).toEqual([['45.1.2.3', laterComment]]);
	});
});
