import fc from 'fast-check';
import { engineHost, lightHost, type BlockHost } from '../support/blockHost.cjs';
import { Sequence, steps } from '../support/blockSequence.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const SEQUENCES = Number(process.env.SEQUENCES ?? 1_000);
const SEED = Number(process.env.SEED ?? 20_261_122);
/** One of so many is played in n8n's own engine, which takes most of the time. */
const OF_ENGINE = 7;

const time = moveTime();
const cf = useCloudflare({
	now: time.now,
	zones: 6,
	insights: 1,
	alerts: 1,
	rateLimit: { quota: 1_000_000, windowSeconds: 300 },
});

async function play(host: BlockHost, numRuns: number, seed: number): Promise<void> {
	const counts = new Map<string, number>();
	const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
	const property = fc.asyncProperty(steps, async (all) => {
		cf.reset();
		count('sequences');
		await new Sequence(cf, host, time.advance, count).play(all);
	});
	await fc.assert(property, { numRuns, seed });
	console.log([...counts].map(([what, number]) => `${what}: ${number}`).join(', '));
	const needed = ['block', 'unblock', 'removeExpired', 'outcome extended', 'outcome ruleInactive'];
	if (numRuns >= 1_000) expect([...counts.keys()]).toEqual(expect.arrayContaining(needed));
}

describe('IP Block: sequences of operations, and of what others do', () => {
	test(`${SEQUENCES} sequences with a light host: as the model says, and nothing of others changes`, async () => {
		await play(lightHost(cf, time.advance), SEQUENCES, SEED);
	}, 600_000);

	const inEngine = Math.ceil(SEQUENCES / OF_ENGINE);
	test(`${inEngine} sequences in n8n's engine: likewise`, async () => {
		await play(engineHost, inEngine, SEED + 1);
	}, 600_000);
});
