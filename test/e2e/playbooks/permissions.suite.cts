import { addToken } from '../../../sandbox/cloudflare/index.cjs';
import { intruder } from '../../../sandbox/demo/person.cjs';
import { switchRuleOff } from '../../../sandbox/demo/watch.cjs';
import { importWatchPlaybook } from '../../../sandbox/demo/watchPlaybook.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { waitFor } from '../../../sandbox/n8n/waitFor.cjs';
import { ExamplePlaybook } from '../../../sandbox/playbooks/examplePlaybook.cjs';
import { createLogins, type Logins } from '../../../sandbox/playbooks/login.cjs';
import {
	type ScriptedModel,
	startScriptedModel,
} from '../../../sandbox/playbooks/scriptedModel.cjs';
import { groupOf, permissionSets } from '../../support/playbooks/permissionSets.cjs';
import { ACCOUNT, ZONE } from './stage.cjs';
import { trials } from './trials.cjs';

const MINUTES_2 = 120_000;
const WATCH = 'watch-suspicious-changes.json';
const sets = permissionSets();

/** One variant of a token: what is changed in its rights, and what the playbook must then name. */
const variantsOf = (set: readonly string[]) =>
	set.flatMap((right) => {
		const without = {
			what: `without ${right}`,
			rights: set.filter((each) => each !== right),
			// Reading comes first, so what it takes is named first.
			named: [right, right.replace('Edit', 'Read')],
		};
		if (!right.endsWith('Edit')) return [without];
		const reading = set.map((each) => (each === right ? right.replace('Edit', 'Read') : each));
		return [without, { what: `with Read in ${right}`, rights: reading, named: [right] }];
	});

/** Every playbook with a token that has exactly the rights that the README lists, and with less. */
export function describePermissionSets(current: () => Sandbox): void {
	describe('the permissions that the README lists', () => {
		let model: ScriptedModel;

		/** A token of the same secret as before with other rights. */
		const give = (file: string, rights: readonly string[]): string => {
			const { cloudflare } = current();
			cloudflare.reset();
			return addToken(cloudflare.state, {
				name: file.replace('.json', ''),
				permissions: rights.map(groupOf),
				zones: [ZONE],
				accounts: [ACCOUNT],
			});
		};

		beforeAll(async () => {
			model = await startScriptedModel();
		});

		afterAll(async () => await model.close());

		it('are listed for every playbook', () => {
			expect([...sets.keys()].sort()).toEqual([...Object.keys(trials), WATCH].sort());
		});

		describe.each([...sets].filter(([file]) => file in trials))('%s', (file, set) => {
			let playbook: ExamplePlaybook;
			let logins: Logins;
			const trial = trials[file];
			const run = async () => await trial.run({ sandbox: current(), playbook, logins, model });

			beforeAll(async () => {
				const { client } = current().n8n;
				logins = await createLogins(client, { apiToken: give(file, set), modelUrl: model.url });
				playbook = await ExamplePlaybook.import(client, file, logins.credentials, trial.change);
			}, MINUTES_2);

			afterAll(async () => await playbook.deactivate());

			it(
				'are enough',
				async () => {
					give(file, set);
					expect(await run()).toMatchObject({ worked: true });
				},
				MINUTES_2,
			);

			it.each(variantsOf(set))(
				'$what: it tells so',
				async ({ rights, named }) => {
					give(file, rights);
					const { worked, text } = await run();
					expect(worked).toBe(false);
					expect(named.filter((right) => text.includes(right))).not.toEqual([]);
				},
				MINUTES_2,
			);
		});

		it(
			`${WATCH}: are enough, without the rules the report says so, without the log it does not start`,
			async () => {
				const { cloudflare, n8n } = current();
				cloudflare.reset();
				const [log, rules] = sets.get(WATCH) ?? [];
				const importWith = async (name: string, rights: string[]) => {
					const permissions = rights.map(groupOf);
					const apiToken = addToken(cloudflare.state, { name, permissions });
					const { credentials } = await createLogins(n8n.client, { apiToken });
					return await importWatchPlaybook(n8n.client, credentials);
				};
				const failing = importWith('rules-only', [rules]);
				await expect(failing).rejects.toThrow(/The trigger: .*Cloudflare refused access/);
				const full = await importWith('log-and-rules', [log, rules]);
				const logOnly = await importWith('log-only', [log]);
				await switchRuleOff(cloudflare, intruder, 'Block scanners');
				const ruleOf = async ({ reports }: typeof full) =>
					await waitFor(
						'the report',
						async () => (await reports()).reports.find(({ who }) => who === intruder.email)?.rule,
						{ seconds: 90 },
					);
				try {
					expect(await ruleOf(full)).toContain('"Block scanners" is now OFF');
					expect(await ruleOf(logOnly)).toContain(`the permission "${rules}"`);
				} finally {
					for (const { deactivate } of [full, logOnly]) await deactivate();
				}
			},
			3 * MINUTES_2,
		);
	});
}
