/** The trigger: its parameters, what its polls read, and the position that n8n keeps for it. */
import { deepCopy, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { CloudflareSecurityTrigger } from '../../nodes/CloudflareSecurity/CloudflareSecurityTrigger.node';
import { readState } from '../../nodes/CloudflareSecurity/trigger/state';
import { inPart, tampering, textOf } from '../support/fuzz/answers.cjs';
import { countFields, fieldsOf, setAt, showing, valueAt } from '../support/fuzz/fields.cjs';
import { hostileFor, saidBy } from '../support/fuzz/hostile.cjs';
import { runLight, type LightRun, type Tamper } from '../support/fuzz/lightHost.cjs';
import { checkRun, type Problem } from '../support/fuzz/oracle.cjs';
import { FUZZ_RUNS, isWanted, Report, sampleOf } from '../support/fuzz/plan.cjs';
import { useSmallCloudflare, watchRejections } from '../support/fuzz/standIn.cjs';
import { mainAccount, moveTime, seedIds } from '../support/nodeTest.cjs';
import fc from 'fast-check';

const MINUTE = 60_000;
const TIMEOUT = 3_600_000;
/** Inputs of each way of polling, in place of a field's or a request's share. */
const MANY = FUZZ_RUNS * 20;

const time = moveTime();
const cloudflare = useSmallCloudflare();
const rejections = watchRejections();
const trigger = new CloudflareSecurityTrigger();
const { description } = trigger;

type Outcome = LightRun<INodeExecutionData[][] | null>;

const usual = {
	authentication: 'token',
	account: mainAccount,
	source: 'v2',
	triggerOn: ['everything'],
};
const ways: Record<string, object> = {
	'version 2': {},
	'version 1': { source: 'v1' },
	'without its own changes': { options: { ignoreOwnChanges: true } },
	'with the only account': { account: '' },
	'from an hour ago': { options: { startFrom: '1h' } },
};

const pollWith = async (
	parameters: object,
	state: IDataObject,
	tamper?: Tamper,
): Promise<Outcome> =>
	await runLight(
		cloudflare,
		{ parameters: { ...usual, ...parameters }, state, tamper },
		async (context) => await trigger.poll.call(context),
	);

const ALLOWED = [
	'GET /accounts',
	'GET /zones',
	'GET /zones/:zone_id',
	'GET /accounts/:account_id/logs/audit',
	'GET /accounts/:account_id/audit_logs',
	'GET /accounts/:account_id/tokens/verify',
	'GET /user/tokens/verify',
];
const meant = { isAllowed: (route: string) => ALLOWED.includes(route), isGiven: () => true };

/** An event of now, and the poll a minute later. */
async function nextPoll(
	parameters: object,
	state: IDataObject,
): Promise<{ outcome: Outcome; id: string }> {
	const entry = cloudflare.state.audit.add({ time: Date.now() + 1_000 });
	time.advance(MINUTE);
	const isV1 = (parameters as { source?: string }).source === 'v1';
	return {
		outcome: await pollWith(parameters, state),
		id: entry.ids[isV1 ? 'v1' : 'v2'],
	};
}

const idsOf = ({ result }: Outcome) => (result?.[0] ?? []).map(({ json }) => json.id);

/** What n8n keeps is a position, or nothing, or a note of failures; and the polls after it work. */
async function checkAfterwards(parameters: object, state: IDataObject): Promise<Problem[]> {
	const crash = (text: string): Problem => ({ kind: 'crash', text });
	const kept = JSON.stringify(state);
	const isV1 = (parameters as { source?: string }).source === 'v1';
	const found = readState(state, `${isV1 ? 'v1' : 'v2'} ${seedIds.mainAccount}`);
	if (found.kind === 'none' && found.reason !== undefined) return [crash(`garbage in ${kept}`)];
	const problems: Problem[] = [];
	// A position that cannot be told from a good one may need a poll to find that it is none.
	for (let turn = 0; turn < 3; turn += 1) {
		const { outcome, id } = await nextPoll(parameters, state);
		problems.push(...checkRun(outcome, meant, () => false));
		if (outcome.error) return [...problems, crash(`the next poll failed with ${kept}`)];
		if (idsOf(outcome).includes(id)) return problems;
	}
	return [...problems, crash(`nothing new comes any more with ${kept}`)];
}

/** A state with a position and events handed over. */
async function goodState(parameters: object): Promise<IDataObject> {
	const state: IDataObject = {};
	for (let turn = 0; turn < 2; turn += 1) {
		const { outcome } = await nextPoll(parameters, state);
		if (outcome.error) throw outcome.error;
	}
	return state;
}

describe('parameters', () => {
	const report = new Report('trigger fields', 'fields');
	const fields = fieldsOf(description.properties);
	afterAll(() => report.print());

	test(
		'every field gets its share',
		async () => {
			expect(fields).toHaveLength(countFields(description.properties));
			for (const field of fields.filter(({ name }) => isWanted(name))) {
				const parameters = showing(field, usual, description);
				if (!parameters) throw new Error(`Nothing shows ${field.name}`);
				for (const hostile of hostileFor(field.name, valueAt(parameters, field.path))) {
					const given = deepCopy(parameters);
					setAt(given, field.path, hostile.make());
					const outcome = await pollWith(given, {});
					report.add(field.name, hostile, [
						...checkRun(outcome, meant, saidBy(hostile)),
						...rejections(),
					]);
				}
			}
			report.check();
		},
		TIMEOUT,
	);
});

describe('answers', () => {
	const report = new Report('trigger polls', 'ways of polling');
	afterAll(() => report.print());

	test.each(Object.entries(ways))(
		'%s',
		async (way, parameters) => {
			if (!isWanted(way)) return;
			for (const [index, one] of sampleOf(way, tampering, MANY).entries()) {
				if (index % 20 === 0) cloudflare.reset();
				const state = index % 4 === 0 ? {} : await goodState(parameters);
				cloudflare.state.audit.burst({ count: 3, time: Date.now() + 1_000, spacing: 100 });
				time.advance(MINUTE);
				const outcome = await pollWith(parameters, state, (answer, _sent, at) =>
					one.isLasting || at === index % 2 ? one.mutation.apply(answer) : answer,
				);
				report.add(way, { shown: textOf(one) }, [
					...checkRun(outcome, meant, () => false),
					...(await checkAfterwards(parameters, state)),
					...rejections(),
				]);
			}
			report.check();
		},
		TIMEOUT,
	);
});

describe('the saved position', () => {
	const report = new Report('trigger state', 'ways of polling');
	afterAll(() => report.print());
	const damage = fc.array(fc.tuple(fc.nat(20), fc.nat(60)), { minLength: 1, maxLength: 3 });

	test.each(Object.entries(ways))(
		'%s',
		async (way, parameters) => {
			if (!isWanted(way)) return;
			for (const [index, places] of sampleOf(way, damage, MANY).entries()) {
				if (index % 20 === 0) cloudflare.reset();
				const good = { body: JSON.stringify(await goodState(parameters)), statusCode: 200 };
				const parts = places.map(([place, action]) => inPart(place, action));
				const { body } = parts.reduce((answer, { apply }) => apply(answer), good as { body: unknown; statusCode: number }); // prettier-ignore
				const state = JSON.parse(body as string) as IDataObject;
				time.advance(MINUTE);
				const outcome = await pollWith(parameters, state);
				report.add(way, { shown: parts.map(({ shown }) => shown).join('; ') }, [
					...checkRun(outcome, meant, () => false),
					...(await checkAfterwards(parameters, state)),
					...rejections(),
				]);
			}
			report.check();
		},
		TIMEOUT,
	);
});
