import { sandboxCredentials } from '../../../sandbox/cloudflare/index.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { waitFor } from '../../../sandbox/n8n/waitFor.cjs';
import { callWebhook } from '../../../sandbox/playbooks/callWebhook.cjs';
import { ExamplePlaybook } from '../../../sandbox/playbooks/examplePlaybook.cjs';
import { createLogins, type Logins } from '../../../sandbox/playbooks/login.cjs';
import { NOTIFY, ZONE } from './stage.cjs';

const SETTING = `/zones/${ZONE}/settings/security_level`;
const SECONDS_6 = 0.1;

/** The example that switches Under Attack mode on for a while, through its webhook. */
export function describeUnderAttackPlaybook(current: () => Sandbox): void {
	describe('the playbook that switches Under Attack mode on for a while', () => {
		let playbook: ExamplePlaybook;
		let logins: Logins;

		const ask = async (more: object = {}, headers = logins.key) => {
			const body = {
				zone: 'example.com',
				minutes: SECONDS_6,
				who: 'Ada',
				reason: 'flood',
				...more,
			};
			return await callWebhook(current().n8n.client, 'under-attack', body, headers);
		};
		const zone = () => {
			const found = current().cloudflare.state.zones.get(ZONE);
			if (!found) throw new Error('example.com is gone');
			return found;
		};
		const level = () => current().cloudflare.state.settings.get(zone(), 'security_level').value;
		const choose = (value: string) =>
			current().cloudflare.state.settings.set(zone(), 'security_level', { value });
		/** What the newest executions have told, once all of them are over. */
		const told = async (executions: number) =>
			await waitFor(
				'the end of the playbook',
				async () => {
					const newest = (await playbook.executions()).slice(0, executions);
					if (newest.some(({ status }) => status !== 'success')) return undefined;
					const runs = await Promise.all(newest.map(async ({ id }) => await playbook.runOf(id)));
					return runs.flatMap(({ [NOTIFY]: notices = [] }) =>
						notices.flatMap(({ data }) => (data?.main[0] ?? []).map(({ json }) => json)),
					);
				},
				{ seconds: 90 },
			);

		beforeAll(async () => {
			const { client } = current().n8n;
			logins = await createLogins(client, { apiToken: sandboxCredentials.userToken });
			playbook = await ExamplePlaybook.import(
				client,
				'under-attack-switch.json',
				logins.credentials,
				(node) => {
					if ('waitBetweenTries' in node) node.waitBetweenTries = 100;
				},
			);
		});

		afterAll(async () => await playbook.deactivate());

		beforeEach(() => current().cloudflare.reset());

		it('puts the earlier level back when the time is over', async () => {
			choose('low');
			const { status, json } = await ask();
			expect({ status, ...json }).toMatchObject({ status: 200, outcome: 'on', earlier: 'low' });
			expect(level()).toBe('under_attack');
			expect(await told(1)).toMatchObject([
				{
					outcome: 'on',
					text: expect.stringContaining('then "low" comes back. Asked by Ada: flood'),
				},
				{ outcome: 'back', text: expect.stringContaining('is "low" again') },
			]);
			expect(level()).toBe('low');
		});

		it.each([['high'], ['under_attack']])(
			'leaves alone what somebody chose in the meantime: %s',
			async (chosen) => {
				await ask();
				choose(chosen);
				const [, report] = await told(1);
				expect(report).toMatchObject({ outcome: 'leftAlone', level: chosen });
				expect(report.text).toContain('somebody changed it at');
				expect(level()).toBe(chosen);
			},
		);

		it('a second call meanwhile changes nothing, and the first still ends it', async () => {
			await ask();
			const { json } = await ask({ who: 'Bob' });
			expect(json).toMatchObject({ outcome: 'alreadyOn' });
			expect((await told(2)).map(({ outcome }) => outcome)).toEqual(['on', 'back']);
			expect(level()).toBe('medium');
		});

		it('two calls at the same moment: it does not stay on for ever', async () => {
			const { cloudflare } = current();
			// Both read the earlier level before one of them changes it.
			cloudflare.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: SETTING } });
			// The setting's time has milliseconds: two changes in one look like one to the playbook.
			const second = { method: 'PATCH', path: SETTING, nth: 2 };
			cloudflare.faults.add({ kind: 'delay', ms: 50, match: second });
			const answers = await Promise.all([ask(), ask({ who: 'Bob' })]);
			expect(answers.map(({ json }) => [json.outcome, json.earlier])).toEqual([
				['on', 'medium'],
				['on', 'medium'],
			]);
			const outcomes = (await told(2)).map(({ outcome }) => outcome);
			expect(outcomes.sort()).toEqual(['back', 'leftAlone', 'on', 'on']);
			expect(level()).toBe('medium');
		});

		it('tells when the level cannot be put back', async () => {
			await ask();
			current().cloudflare.faults.add({
				kind: 'status',
				status: 403,
				errors: [{ code: 10000, message: 'Authentication error' }],
				times: 99,
				match: { method: 'PATCH', path: SETTING },
			});
			const [, report] = await told(1);
			expect(report).toMatchObject({ outcome: 'notPutBack' });
			expect(report.text).toMatch(/NOT PUT BACK to "medium".*Zone → Zone Settings → Edit/);
		});

		it.each([
			['no minutes', {}, 30],
			['words', { minutes: 'ten' }, 30],
			['a week', { minutes: 10_080 }, 1440],
			['less than none', { minutes: -5 }, 0.05],
		])('%s: it is %j that counts as %d minutes', async (_what, more, minutes) => {
			const { json } = await ask({ minutes: undefined, ...more });
			expect(json).toMatchObject({ outcome: 'on', minutes });
			const [{ id }] = await playbook.executions();
			// A short one ends by itself, perhaps this very moment.
			if (minutes < 1) await told(1);
			else await current().n8n.client.stopExecution(id);
		});

		it('says why it could not be switched on', async () => {
			const { status, json } = await ask({ zone: 'unknown.example' });
			expect({ status, ...json }).toMatchObject({ status: 502, outcome: 'failed' });
			expect(json.text).toContain('no zone named "unknown.example"');
		});

		it('refuses a caller without the key', async () => {
			expect((await ask({}, {})).status).toBe(403);
			expect(level()).toBe('medium');
		});
	});
}
