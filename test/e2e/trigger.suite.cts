import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditEntry, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { customRules } from '../../sandbox/demo/observe.cjs';
import type { Execution } from '../../sandbox/n8n/restClient.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';
import { waitFor } from '../../sandbox/n8n/waitFor.cjs';
import { Changes, control } from './trigger/changes.cjs';
import { NOTHING_WRONG, Watch, type Watched } from './trigger/watch.cjs';
import {
	blocking,
	errorWorkflow,
	EVERY_MINUTE,
	everyQuarterMinute,
	makeCredential,
	TRIGGER_ID,
	watching,
} from './trigger/workflows.cjs';

const MINUTES_10 = 600_000;
const MAIN_V2 = `/accounts/${seedIds.mainAccount}/logs/audit`;
const MAIN_V1 = `/accounts/${seedIds.mainAccount}/audit_logs`;
const SECOND_V2 = `/accounts/${seedIds.secondAccount}/logs/audit`;
const ALWAYS = 1_000_000;
const OUTAGE_MS = 20_000;
/** Tries of a request until it counts as failed. */
const TRIES = 4;

/** Where the playbook works; nobody else does anything there. */
const ZONE = seedIds.zones['example.net'];
const inZone = ({ zone }: AuditEntry) => zone?.id === ZONE;
const isOwn = ({ actor }: AuditEntry) => actor.token?.name === 'playbook';

const account = (value: string) => ({ __rl: true, mode: 'id', value });
const wafOfZone = {
	triggerOn: ['waf'],
	filters: { zone: { __rl: true, mode: 'id', value: ZONE } },
};

/** The trigger for audit events, polled by n8n itself: minutes, most of them spent waiting for the next poll. */
export function describeTrigger(current: () => Sandbox): void {
	describe('the trigger for audit events', () => {
		let watch: Watch;
		let changes: Changes;
		let all: Watched[] = [];
		const named = (name: string) => all.find((each) => each.name === name) as Watched;
		const quarterly = () => all.filter(({ name }) => name !== 'every-minute');
		const ofMain = () => quarterly().filter((each) => each.account === undefined);
		const failures = async (name: string): Promise<Execution[]> =>
			(await current().n8n.client.executions(named(name).workflowId)).filter(
				({ status }) => status === 'error',
			);
		let errorWorkflowId: string;

		async function activate(
			watched: Omit<Watched, 'workflowId'>,
			parameters: Record<string, unknown>,
			settings?: Record<string, unknown>,
		): Promise<Watched> {
			const credentials = await makeCredential(current(), watched.name);
			const workflow = watching(watched.name, credentials, parameters, settings);
			const { id } = await current().n8n.client.activateWorkflow(workflow);
			return { ...watched, workflowId: id };
		}

		async function activatePlaybook(): Promise<Watched> {
			const name = 'playbook';
			const permissions = ['Account Settings Read', 'Zone Read', 'Zone WAF Write'];
			const credentials = await makeCredential(current(), name, permissions);
			const parameters = { ...wafOfZone, options: { ignoreOwnChanges: true } };
			const workflow = blocking(name, credentials, parameters, ZONE);
			const { id } = await current().n8n.client.activateWorkflow(workflow);
			const wants = (entry: AuditEntry) => inZone(entry) && !isOwn(entry);
			return { name, workflowId: id, wants };
		}

		/** n8n starts the triggers of active workflows in the background. */
		async function allStarted(): Promise<void> {
			for (const { name, workflowId } of all)
				await waitFor(
					`the start of the trigger of ${name}`,
					async () => {
						const { status, triggers } = await current().n8n.client.publicationStatus(workflowId);
						if (status === 'failed')
							throw new Error(`The trigger of ${name}: ${triggers[0]?.errorMessage}`);
						return status === 'published' || undefined;
					},
					{ seconds: 120 },
				);
		}

		async function expectEachOnce(watched: readonly Watched[]): Promise<void> {
			for (const each of watched) {
				const { expected, ...wrong } = await watch.tally(each);
				expect({ name: each.name, ...wrong }).toEqual({ name: each.name, ...NOTHING_WRONG });
				expect(expected).toBeGreaterThan(0);
			}
		}

		beforeAll(async () => {
			const { cloudflare, n8n } = current();
			cloudflare.reset();
			// As unfriendly as the real log may be: the order within a second changes, and pages are cut down.
			await control(cloudflare, 'PUT', '/audit', { ties: 'shuffled', mostPerPage: 100 });
			errorWorkflowId = (await n8n.client.activateWorkflow(errorWorkflow)).id;
			all = [
				await activate({ name: 'second-version' }, { source: 'v2' }),
				await activate(
					{ name: 'first-version', version: 1 },
					// Apart from the others: a walk by page numbers bears no change of the order.
					{ source: 'v1', pollTimes: everyQuarterMinute(7) },
				),
				await activate(
					{
						name: 'groups-in-small-steps',
						wants: ({ resource: { product } }) => ['dns_records', 'rulesets'].includes(product),
					},
					{ triggerOn: ['dns', 'waf'], options: { maxEvents: 70 } },
				),
				await activate({ name: 'every-minute' }, { pollTimes: EVERY_MINUTE }),
				await activate(
					{ name: 'second-account', account: seedIds.secondAccount },
					{ account: account(seedIds.secondAccount) },
					{ errorWorkflow: errorWorkflowId },
				),
				await activatePlaybook(),
				await activate({ name: 'without-the-option', wants: inZone }, wafOfZone),
			];
			await allStarted();
			// Times are whole seconds: what happens from now on lies clearly after the start.
			await sleep(2000);
			watch = new Watch(current);
			changes = new Changes(cloudflare);
		}, MINUTES_10);

		afterAll(async () => {
			current().cloudflare.faults.clear();
			for (const id of [...all.map(({ workflowId }) => workflowId), errorWorkflowId])
				await current().n8n.client.deactivateWorkflow(id);
		}, MINUTES_10);

		describe('while n8n runs', () => {
			let madeBeforeLog = 0;

			async function makeChanges(): Promise<void> {
				const start = Date.now();
				await changes.dnsRecord();
				await changes.ruleSwitch(false);
				await changes.burst(130);
				await watch.morePolls(ofMain(), 1);
				await changes.burst(40, { visibleAfter: 20_000 });
				await changes.purge();
				await changes.ruleSwitch(true);
				await watch.morePolls(ofMain(), 2);
				// It happened long ago, and the log shows it only now.
				await changes.burst(5, { time: start + 1000 });
				await changes.dnsRecord();
				await watch.pollsOfAll(ofMain(), 2);
			}

			async function failTwice(): Promise<void> {
				const { faults } = current().cloudflare;
				const event = { accountId: seedIds.secondAccount, zone: undefined };
				await changes.burst(3, { event });
				await watch.morePolls([named('second-account')], 1);
				faults.add({ kind: 'status', status: 503, times: ALWAYS, match: { path: SECOND_V2 } });
				await changes.burst(4, { event });
				await waitFor(
					'a failed execution',
					async () => ((await failures('second-account')).length > 0 ? true : undefined),
					{ seconds: 90 },
				);
				faults.clear();
				await changes.burst(5, { event });
				await watch.pollsOfAll([named('second-account')], 2);
			}

			beforeAll(async () => {
				await changes.firstRule(ZONE);
				await Promise.all([makeChanges(), failTwice()]);
				madeBeforeLog = watch.expected({ name: '', workflowId: '' }).length;
			}, MINUTES_10);

			it('starts with each event exactly once', async () => {
				// And the one that the playbook made.
				expect(madeBeforeLog).toBe(changes.made + 1);
				await expectEachOnce(ofMain());
			});

			it('starts a playbook once, and not again by what the playbook did', async () => {
				const { client } = current().n8n;
				const executions = await client.executions(named('playbook').workflowId);
				expect(executions).toMatchObject([{ status: 'success' }]);
				const own = watch.expected(named('without-the-option')).filter(isOwn);
				expect(own).toHaveLength(1);
				// Without the option, the block does start a workflow.
				expect(await watch.seen(named('without-the-option'))).toContain(own[0]?.ids.v2);
				expect(await customRules(current().cloudflare, ZONE)).toMatchObject([
					{ action: 'managed_challenge' },
					{ action: 'block' },
				]);
			});

			it('says that it fails from the second time in a row on, and makes up for it', async () => {
				const { length } = await failures('second-account');
				// One, but on a slow machine another poll may have begun before the API was up again.
				expect(Math.floor(watch.refused(named('second-account')) / TRIES)).toBe(length + 1);
				const told = await current().n8n.client.executions(errorWorkflowId);
				expect(told.map(({ status }) => status)).toEqual(Array(length).fill('success'));
				const log = readFileSync(current().n8n.logFile, 'utf8');
				expect(log.match(/second-account\): this poll did not get through/g)).toHaveLength(1);
				await expectEachOnce([named('second-account')]);
			});
		});

		describe('across a restart of n8n', () => {
			beforeAll(async () => {
				const { n8n } = current();
				await changes.dnsRecord();
				await changes.burst(12);
				await n8n.stop();
				await changes.dnsRecord();
				await changes.ruleSwitch(false);
				await changes.burst(60);
				await changes.burst(7, { visibleAfter: 30_000 });
				await n8n.start();
				await changes.dnsRecord();
				await changes.burst(9);
				await allStarted();
				await watch.pollsOfAll(quarterly(), 2);
			}, MINUTES_10);

			it('starts with each event of before, meanwhile and afterwards exactly once', async () => {
				await expectEachOnce(quarterly());
			});
		});

		describe('when the API is down while n8n starts', () => {
			beforeAll(async () => {
				const { n8n, cloudflare } = current();
				await n8n.stop();
				await changes.dnsRecord();
				await changes.burst(8);
				const { faults, calls } = cloudflare;
				faults.add({ kind: 'status', status: 503, times: ALWAYS, match: { path: MAIN_V2 } });
				faults.add({ kind: 'cutBefore', times: ALWAYS, match: { path: MAIN_V1 } });
				faults.add({ kind: 'html', status: 502, times: ALWAYS, match: { path: SECOND_V2 } });
				const since = calls.length;
				const outage = sleep(OUTAGE_MS);
				await n8n.start();
				await changes.ruleSwitch(true);
				await changes.burst(6);
				// Not only 20 s: the first poll of each is to fail as a whole.
				await waitFor(
					'the failure of all first polls',
					async () => all.every((each) => watch.refused(each, since) >= TRIES) || undefined,
					{ seconds: 60 },
				);
				await outage;
				faults.clear();
				await allStarted();
				await changes.burst(5);
				await watch.pollsOfAll(quarterly(), 2);
				await watch.pollsOfAll([named('every-minute')], 1);
			}, MINUTES_10);

			it('is active, and n8n says so', async () => {
				const { client } = current().n8n;
				const active = await client.activeWorkflows();
				expect(active).toEqual(expect.arrayContaining(all.map(({ workflowId }) => workflowId)));
				for (const { workflowId } of all)
					expect(await client.publicationStatus(workflowId)).toMatchObject({
						status: 'published',
						triggers: [{ nodeId: TRIGGER_ID, status: 'activated', errorMessage: null }],
					});
			});

			it('polls on, and starts with each event exactly once', async () => {
				await expectEachOnce(all);
			});
		});
	});
}
