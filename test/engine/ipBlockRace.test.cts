import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { sandboxCredentials } from '../../sandbox/cloudflare/index.cjs';
import { serveHttp, type HttpFront } from '../../sandbox/fronts/http.cjs';
import { expiryIn, networkIn, watchBlocks } from '../support/blocksShown.cjs';
import { blocking, blocksOf, LIST } from '../support/ipBlocks.cjs';
import { seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { runElsewhere } from '../support/otherProcess.cjs';
import { rulesOf, setRules } from '../support/rulesets.cjs';

const cf = useCloudflare({ rateLimit: { quota: 100_000, windowSeconds: 300 } });
const watch = watchBlocks(cf);

const numbers = Array.from({ length: 10 }, (_, index) => index);
const { zones } = seedIds;
const SECOND = `${LIST}_2`;

/** What the processes want, as input → the network that is blocked for it. */
const pool = new Map([
	['45.1.2.1', '45.1.2.1'],
	['45.1.2.2', '45.1.2.2'],
	['45.1.2.3', '45.1.2.3'],
	['45.1.2.4', '45.1.2.4'],
	['45.1.2.0/24', '45.1.2.0/24'],
	['45.1.3.0/24', '45.1.3.0/24'],
	['2a01:4f8:1:1::7', '2a01:4f8:1:1::/64'],
	['2a01:4f8:1:2::/64', '2a01:4f8:1:2::/64'],
	['2a01:4f8:2::/48', '2a01:4f8:2::/48'],
	['45.1.2.5', '45.1.2.5'],
]);
const inputs = [...pool.keys()];
/** Each process wants a part, which overlaps with those of others. */
const partOf = (number: number) =>
	Array.from({ length: 5 }, (_, index) => inputs[(number + index * 2) % inputs.length]);
const expiryOf = (number: number) => `2099-01-${String(number + 10)}T00:00:00Z`;
/** Expiries that the processes want for an input. */
const wantedFor = (input: string) =>
	numbers.filter((number) => partOf(number).includes(input)).map(expiryOf);
/** An address in a network of the pool. */
const inside = (network: string) => network.replace(/0\/24$/, '9').replace(/::\/\d+$/, '::9');

interface Target {
	what: string;
	zone: keyof typeof zones;
	/** Other zones of the same runs. */
	more?: Array<keyof typeof zones>;
	/** The list, where the method uses one. */
	list?: string;
	/** Blocks of an earlier run among what the processes want, and one of others. */
	hasEarlier: boolean;
	/** What is held until every process has sent one. */
	first: Array<{ method: string; path: RegExp }>;
}

const entryPointOf = (zone: keyof typeof zones) => ({
	method: 'GET',
	path: new RegExp(`${zones[zone]}/rulesets/phases/.*/entrypoint$`),
});
// Access rules are written without a look before.
const accessRulesOf = (zone: keyof typeof zones) => ({
	method: 'POST',
	path: new RegExp(`${zones[zone]}/firewall/access_rules/rules$`),
});

const targets: Target[] = [
	{
		what: 'list and rule, neither there',
		zone: 'example.net',
		// One without an entry point, one with other rules in it.
		more: ['example.com'],
		list: LIST,
		hasEarlier: false,
		first: [
			{ method: 'GET', path: /\/rules\/lists$/ },
			entryPointOf('example.net'),
			entryPointOf('example.com'),
		],
	},
	{
		what: 'list and rule, both there',
		zone: 'example.com',
		list: SECOND,
		hasEarlier: true,
		first: [{ method: 'GET', path: /0b10c01\/items$/ }],
	},
	{
		what: 'access rules, none there',
		zone: 'example.org',
		hasEarlier: false,
		first: [accessRulesOf('example.org')],
	},
	{
		what: 'access rules, some there',
		zone: 'enterprise.example',
		hasEarlier: true,
		first: [accessRulesOf('enterprise.example')],
	},
];

interface Result {
	input: string;
	address: string;
	outcome: string;
	everywhere: boolean;
	block: { expiresAt: string };
}

let front: HttpFront;
beforeAll(async () => {
	front = await serveHttp(watch);
});
afterAll(async () => await front.close());

const parametersFor = (number: number, { zone, more = [], list }: Target) =>
	blocking(partOf(number).join(', '), {
		...(list === undefined ? { method: 'accessRule' } : { options: { listName: list } }),
		zonesFrom: 'several',
		zones: [zone, ...more].join(', '),
		expires: 'at',
		expiresAt: expiryOf(number),
	});

/** Blocks a part for each target, one after the other, in another operating-system process. */
async function blockElsewhere(number: number, apiToken: string): Promise<Result[][]> {
	const runs = targets.map((target) => ({
		parameters: parametersFor(number, target),
		executionId: `process-${number}`,
	}));
	return await runElsewhere<Result[]>({ sandbox: front.url, runs, apiToken, all: true });
}

/** A token for each process, which may do everything. */
function makeTokens(): string[] {
	const { credentials } = cf.state;
	const usual = credentials.find(({ secret }) => secret === sandboxCredentials.userToken);
	if (!usual) throw new Error('There is no usual token');
	return numbers.map((number) => {
		const secret = `cfut_sandbox-process-${number}`.padEnd(53, '0');
		credentials.push({ ...usual, name: `process-${number}`, secret });
		return secret;
	});
}

function givenEarlier(): void {
	const expiresAt = Date.parse('2031-01-01T00:00:00Z');
	const comment = formatBlockComment({ expiresAt, origin: 'Earlier' });
	const list = blocksOf(cf, SECOND).givenList();
	cf.state.lists.fill(list, ['45.1.2.1', '45.1.2.0/24'], comment);
	cf.state.lists.fill(list, ['45.9.9.9'], 'By hand');
	const [rule, ...others] = rulesOf(cf, zones['example.com']);
	const ours = { id: 'b'.repeat(32), ref: `n8n-block-${SECOND}`, action: 'block', enabled: true };
	const expression = `ip.src in $${SECOND}`;
	setRules(cf, seedIds.rulesets.exampleComCustom, [
		{ ...rule, ...ours, expression, action_parameters: undefined },
		rule,
		...others,
	]);
	const accessRule = (value: string, notes: string, target = 'ip') =>
		cf.state.accessRules.create(
			{ level: 'zone', id: zones['enterprise.example'] },
			{ mode: 'block', notes, configuration: { target, value } },
		);
	accessRule('45.1.2.1', comment);
	accessRule('45.1.2.0/24', comment, 'ip_range');
	accessRule('45.9.9.9', 'By hand');
}

/** Network → the comment or notes that are kept for it; fails for two. */
function keptIn({ list, zone }: Target): Map<string, string | undefined> {
	const entries =
		list === undefined
			? cf.state.accessRules
					.of({ level: 'zone', id: zones[zone] })
					.map(({ configuration, notes }) => [configuration.value, notes] as const)
			: [...blocksOf(cf, list).items()];
	const kept = new Map(entries.map(([value, comment]) => [networkIn(value), comment]));
	expect(kept.size).toBe(entries.length);
	return kept;
}

function expectUnion(target: Target): void {
	const kept = keptIn(target);
	const others = target.hasEarlier ? ['45.9.9.9'] : [];
	expect([...kept.keys()].sort()).toEqual([...pool.values(), ...others].sort());
	const { zone, more = [] } = target;
	for (const [input, network] of pool) {
		for (const name of [zone, ...more])
			expect(blocksOf(cf).isBlocked(inside(network), zones[name])).toBe(true);
		expect(wantedFor(input)).toContain(expiryIn(kept.get(network)));
	}
	for (const ip of ['45.1.4.1', '2a01:4f8:1:3::1', '2a01:4f8:3::1'])
		expect(blocksOf(cf).isBlocked(ip, zones[target.zone])).toBe(false);
	if (target.list === undefined) return;
	expect(blocksOf(cf, target.list).lists()).toHaveLength(1);
	for (const name of [zone, ...more])
		expect(blocksOf(cf, target.list).rules(zones[name])).toHaveLength(1);
}

/** What a run tells is what it was shown last. */
function expectShown(results: readonly Result[], number: number, token: string, target: Target) {
	const { list, zone } = target;
	const place = list === undefined ? `${zones[zone]}/firewall` : blocksOf(cf, list).lists()[0].id;
	expect(results.map(({ input }) => input)).toEqual(partOf(number));
	for (const { address, outcome, everywhere, block } of results) {
		expect(['blocked', 'extended', 'alreadyBlocked']).toContain(outcome);
		expect(everywhere).toBe(true);
		expect(block.expiresAt >= expiryOf(number)).toBe(true);
		expect(watch.lastShown(token, place, address)).toBe(block.expiresAt);
	}
}

describe('IP Block: Block, ten operating-system processes at the same time', () => {
	test('exactly the union is blocked, and no run tells what it was not shown', async () => {
		givenEarlier();
		const before = [LIST, SECOND].map((list) => blocksOf(cf, list).foreign());
		const tokens = makeTokens();
		for (const match of targets.flatMap(({ first }) => first))
			cf.faults.add({ kind: 'hold', until: numbers.length, distinct: 'credential', match });

		const results = await Promise.all(
			numbers.map(async (number) => await blockElsewhere(number, tokens[number])),
		);
		// All had come before one went on.
		expect(cf.faults.report().map(({ left }) => left)).toEqual(Array(6).fill(0));

		for (const [place, target] of targets.entries()) {
			expectUnion(target);
			for (const number of numbers)
				expectShown(results[number][place], number, tokens[number], target);
			const outcomes = results.flatMap((runs) => runs[place].map(({ outcome }) => outcome));
			const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
			console.log(
				`${target.what}: ${outcomes.length} results: ${count('blocked')} blocked, ${count('extended')} extended, ${count('alreadyBlocked')} already blocked`,
			);
		}
		expect([LIST, SECOND].map((list) => blocksOf(cf, list).foreign())).toEqual(before);
	}, 300_000);
});
