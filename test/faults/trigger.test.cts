import { inspect } from 'node:util';
import { credentials, secretsIn, useWorld } from './support/world.cjs';
import { entriesSince, idsOf, MINUTE, Watch, type Turn } from '../support/auditTrigger.cjs';
import { advance } from '../support/engine/clock.cjs';
import { exampleCom } from '../support/nodeTest.cjs';
import { without } from './support/digest.cjs';
import { faultsOf, type RequestFault } from './support/faults.cjs';
import { nameOfRequest, type SentRequest } from './support/front.cjs';
import { STUMBLED, textOf } from './support/judge.cjs';
import { isWanted, noCounts, report, tellDone, tellWrong, testEach } from './support/report.cjs';

const world = useWorld();
const { cloudflare, front } = world;

interface Variant {
	what: string;
	parameters: Record<string, unknown>;
	version?: 'v1';
}

const variants: Variant[] = [
	{ what: 'version 2', parameters: {} },
	{ what: 'version 1', parameters: { source: 'v1' }, version: 'v1' },
	{ what: 'one group', parameters: { triggerOn: ['dns'] } },
	{ what: 'version 1, one group', parameters: { source: 'v1', triggerOn: ['dns'] }, version: 'v1' },
	{ what: 'of a zone', parameters: { filters: { zone: exampleCom } } },
	{ what: 'own changes ignored', parameters: { options: { ignoreOwnChanges: true } } },
	{
		what: 'Global API key, own changes ignored',
		parameters: { authentication: 'globalKey', options: { ignoreOwnChanges: true } },
	},
];

/** The poll whose requests fail. */
const moments = ['activation', 'quiet poll', 'several pages'] as const;
type Moment = (typeof moments)[number];

/** A trigger just before that poll, and the poll. */
async function begin({ parameters }: Variant, moment: Moment) {
	await world.begin({ prepare: () => ({ parameters: {} }) });
	const since = Date.now();
	const kind = parameters.authentication === 'globalKey' ? 'globalKey' : 'token';
	const watch = new Watch(cloudflare, parameters, { credentials: credentials[kind] });
	if (moment !== 'activation') {
		await watch.activate();
		advance(MINUTE);
	}
	if (moment === 'several pages') {
		cloudflare.state.audit.burst({ count: 250, time: Date.now() - 50_000, spacing: 100 });
	}
	front.reset();
	const poll = async () => (moment === 'activation' ? await watch.activate() : await watch.poll());
	return { watch, poll, since };
}

const told = (turn: Turn): string => [textOf(turn.error), ...turn.logs].join(' ');
const position = (state: object) => JSON.stringify({ ...state, failures: undefined });

/** What is wrong with a poll that met the fault for the first time. */
function judgeFirst(turn: Turn, clean: Turn, fault: RequestFault, states: [object, object]) {
	const wrong: string[] = [];
	const [before, now] = states as [Record<string, unknown>, Record<string, unknown>];
	if (turn.error) wrong.push(`the first failure is thrown: ${textOf(turn.error)}`);
	if (STUMBLED.test(told(turn)))
		wrong.push(`the text is that of a program that stumbled: ${told(turn)}`);
	if (fault.passes) {
		if (turn.ids.join() !== clean.ids.join())
			wrong.push(`${turn.ids.length} events in place of ${clean.ids.length}`);
		return wrong;
	}
	if (now.failures !== 1) wrong.push(`${String(now.failures)} failures are counted`);
	const says = fault.headline ?? fault.says;
	if (!says.test(told(turn))) wrong.push(`nothing says ${says}: ${told(turn)}`);
	const handedOver = turn.ids.length;
	if (clean.ids.slice(0, handedOver).join() !== turn.ids.join())
		wrong.push('not the oldest ones first');
	if (handedOver > 0 && handedOver === clean.ids.length && clean.ids.length > 200)
		wrong.push('all events although a page failed');
	const isNew = before.version === undefined;
	if (handedOver === 0 && !isNew && position(now) !== position(before))
		wrong.push(`the position moved: ${position(now)}`);
	return wrong;
}

async function tryFault(
	variant: Variant,
	moment: Moment,
	clean: Turn,
	request: SentRequest,
	fault: RequestFault,
) {
	const { watch, poll, since } = await begin(variant, moment);
	const before = watch.trigger.state;
	front.arm(request, fault);
	const first = await poll();
	const wrong = judgeFirst(first, clean, fault, [before, watch.trigger.state]);
	if (front.struck === 0) wrong.push('the fault did not strike');
	if (fault.lasting) {
		const counted = watch.trigger.state;
		front.armForAll(fault);
		advance(MINUTE);
		const second = await watch.poll();
		if (!second.error) wrong.push('the second failure in a row is not thrown');
		else if (!fault.says.test(textOf(second.error)))
			wrong.push(`it does not say ${fault.says}: ${textOf(second.error)}`);
		if (STUMBLED.test(told(second)))
			wrong.push(`the text is that of a program that stumbled: ${told(second)}`);
		if (watch.trigger.state.failures !== 2)
			wrong.push(`${String(watch.trigger.state.failures)} failures are counted`);
		if (position(watch.trigger.state) !== position(counted))
			wrong.push('the second failure moved the position');
	}
	front.disarm();
	// What happens while nothing can be read is not lost either.
	cloudflare.state.audit.burst({ count: 3, spacing: 10 });
	advance(MINUTE);
	// Where the first poll failed, this one only sets out.
	await watch.poll();
	advance(MINUTE);
	await watch.drain(20, () => advance(MINUTE));
	const events = idsOf(entriesSince(cloudflare, since, variant.version), variant.version);
	const lost = without(events, watch.ids);
	const twice = without(watch.ids, events);
	if (lost.length > 0) wrong.push(`${lost.length} events are lost`);
	if (twice.length > 0) wrong.push(`${twice.length} events came twice`);
	if (watch.ids.join() !== events.join() && lost.length + twice.length === 0)
		wrong.push('not the oldest ones first');
	counts.duplicates += twice.length;
	const found = secretsIn([
		watch.turns,
		watch.trigger.state,
		watch.turns.map(({ thrown, error }) => inspect([thrown, error], { depth: 12 })),
	]);
	counts.secrets += found.length;
	counts.faults += 1;
	if (first.error || first.items === undefined || !fault.passes) counts.failed += 1;
	else counts.succeeded += 1;
	counts.repeats += watch.turns.length - 1;
	wrong.push(...found);
	return wrong;
}

const counts = noCounts();
afterAll(() => report('trigger', counts));

const cases = variants.flatMap((variant) =>
	moments.map((moment) => [`trigger (${variant.what}): ${moment}`, variant, moment] as const),
);

testEach(cases, async (name, variant, moment) => {
	counts.runs += 1;
	counts.operations = ['poll'];
	const { poll } = await begin(variant, moment);
	const clean = await poll();
	expect(clean.error).toBeUndefined();
	expect(clean.ids).toHaveLength(moment === 'several pages' ? 250 : 0);
	const problems: string[] = [];
	const requests = [...front.sent];
	for (const request of requests) {
		counts.requests += 1;
		for (const fault of faultsOf(request.method, request.result)) {
			// A poll cannot be cancelled.
			if (fault.answer.kind === 'cancel') continue;
			const full = `${name} | ${nameOfRequest(request)} | ${fault.what}`;
			if (!isWanted(full)) continue;
			const wrong = await tryFault(variant, moment, clean, request, fault);
			if (wrong.length === 0) continue;
			counts.wrong += 1;
			problems.push(tellWrong(full, wrong));
		}
	}
	tellDone(name);
	if (problems.length > 0) throw new Error(`Wrong outcomes:\n${problems.join('\n')}`);
});
