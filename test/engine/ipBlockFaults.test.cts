import { isDeepStrictEqual as equal } from 'node:util';
import { armedFor, faultsOf, requestsOf, type FaultyRequest } from '../support/blockFaults.cjs';
import { blocking, blocksOf, claimsOf, severalZones } from '../support/ipBlocks.cjs';
import type { RunNodeResult } from '../support/engine/index.cjs';
import { jsonOf, locator, moveTime, runNode, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
/** The request whose answer is replaced after it took effect. */
let late: (FaultyRequest & { seen: number }) | undefined;
const cf = useCloudflare({ now: time.now, zones: 6 }, (request, response) => {
	const isMeant = late?.method === request.method && request.url.endsWith(late.path);
	if (!late || !isMeant) return response;
	late.seen += 1;
	return late.seen === late.nth ? new Response('<html>', { status: 500 }) : response;
});
const { foreign, givenList, own } = blocksOf(cf);

const EXPIRY = '2099-01-01T00:00:00Z';
const more = { expires: 'at', expiresAt: EXPIRY, reason: 'Stuffing' };
const addresses = '45.1.2.3, 45.1.2.4, 2a01:4f8:1:2::3';

interface Scenario {
	what: string;
	parameters: Record<string, unknown>;
	/** What is there before. */
	given?: () => Promise<unknown>;
}

const earlier = async (parameters: object = {}) =>
	await runNode({
		parameters: blocking('45.1.2.3', { ...parameters, expires: 'after', expiresAfter: 1 }),
	});

const scenarios: Scenario[] = [
	{
		what: 'list: fresh account, zone without rules',
		parameters: blocking(addresses, { ...more, zone: locator('name', 'example.net') }),
	},
	{
		what: 'list: list there, with items of others',
		parameters: blocking(addresses, more),
		given: async () => cf.state.lists.fill(givenList(), ['45.9.9.9', '45.1.2.4'], 'By hand'),
	},
	{
		what: 'list: an address extended',
		parameters: blocking(addresses, more),
		given: async () => await earlier(),
	},
	{ what: 'list: two zones', parameters: blocking(addresses, { ...more, ...severalZones }) },
	{
		what: 'access rule: fresh zone',
		parameters: blocking(addresses, { ...more, method: 'accessRule' }),
	},
	{
		what: 'access rule: the whole account',
		parameters: blocking(addresses, { ...more, method: 'accessRule', zonesFrom: 'account' }),
	},
	{
		what: 'access rule: an address extended',
		parameters: blocking(addresses, { ...more, method: 'accessRule' }),
		given: async () => await earlier({ method: 'accessRule' }),
	},
	{
		what: 'access rule: two zones',
		parameters: blocking(addresses, { ...more, ...severalZones, method: 'accessRule' }),
	},
];

const textOf = ({ error }: RunNodeResult): string =>
	[error?.message, error?.description].filter(Boolean).join(' ');

/** Whether an error tells what was made before it, if anything was. */
function tellsWhatIsDone(text: string, before: ReturnType<typeof own>): boolean {
	const now = own();
	const blocked = /by now: [1-9]\d* of the|not known/;
	const isBlocked = !equal(now.items, before.items) || !equal(now.accessRules, before.accessRules);
	if (isBlocked && !blocked.test(text)) return false;
	return equal(now, before) || blocked.test(text) || text.includes('There by now: the list');
}

/** A fresh stand-in as the scenario wants it, whose operations take longer than a look at them. */
async function prepare({ given }: Scenario) {
	late = undefined;
	cf.reset();
	cf.state.lists.operationTime = 500;
	await given?.();
	cf.calls.length = 0;
}

describe('IP Block: Block, a fault at every request', () => {
	test.each(scenarios)(
		'$what: an error that says so or success; done right by the next run',
		async (scenario) => {
			const { parameters } = scenario;
			await prepare(scenario);
			expect(claimsOf(cf, jsonOf(await runNode({ parameters })))).toEqual([]);
			const requests = requestsOf(cf.calls);
			const right = own();
			const count = { rows: 0, succeeded: 0, failed: 0 };
			const wrong: string[] = [];

			for (const request of requests) {
				for (const { what, fault, times, says, passes } of faultsOf(request)) {
					const row = `${request.method} ${request.path} (${request.nth}): ${what}`;
					const expectThat = (holds: boolean, problem: string) => {
						if (!holds) wrong.push(`${row}: ${problem}`);
					};
					await prepare(scenario);
					const others = foreign();
					const before = own();
					if (fault.kind === 'failsAfter') late = { ...request, seen: 0 };
					else for (const each of armedFor(request, fault, times)) cf.faults.add(each);

					const run = await runNode({ parameters });
					const struck =
						fault.kind === 'failsAfter'
							? (late?.seen ?? 0) >= request.nth
							: cf.faults.report().some(({ left }) => left === 0);
					expectThat(struck, 'the fault did not strike');
					late = undefined;
					cf.faults.clear();
					count.rows += 1;
					count[run.error ? 'failed' : 'succeeded'] += 1;
					if (run.error) {
						expectThat(!passes, `failed with ${textOf(run)}`);
						expectThat(
							tellsWhatIsDone(textOf(run), before),
							`does not tell what is done: ${textOf(run)}`,
						);
						expectThat(says.test(textOf(run)), `does not say so: ${textOf(run)}`);
					} else {
						const claims = claimsOf(cf, jsonOf(run));
						expectThat(claims.length === 0, claims.join('; '));
						const everywhere = run.items.every(({ json }) => json.everywhere === true);
						expectThat(!passes || everywhere, 'is not blocked everywhere');
					}
					expectThat(equal(foreign(), others), 'changed what is not ours');

					const again = await runNode({ parameters });
					expectThat(!again.error, `the next run failed with ${textOf(again)}`);
					if (!again.error) {
						const claims = claimsOf(cf, jsonOf(again));
						expectThat(claims.length === 0, `next run: ${claims.join('; ')}`);
					}
					expectThat(equal(own(), right), `the end is ${JSON.stringify(own())}`);
					expectThat(equal(foreign(), others), 'the next run changed what is not ours');
				}
			}
			console.log(
				`${scenario.what}: ${requests.length} requests, ${count.rows} faults: ${count.succeeded} runs succeeded, ${count.failed} failed and said so`,
			);
			expect(wrong).toEqual([]);
			expect(count.rows).toBeGreaterThanOrEqual(8 * requests.length);
		},
		300_000,
	);
});
