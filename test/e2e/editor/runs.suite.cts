import { seedIds } from '../../../sandbox/cloudflare/index.cjs';
import { cloudflare, fields, inARow, passOn, start } from '../../../sandbox/editor/workflows.cjs';
import { makeCredential } from '../trigger/workflows.cjs';
import type { EditorHost } from './editor.suite.cjs';
import { type Credentials, show, textOf, tokenCredential } from './support.cjs';

const NODE = 'Cloudflare Security';
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
/** What belongs into a log, not before a person. */
const JUNK = /\bat \S+ \(|\.js:\d+|\[object Object\]|undefined|node_modules/;

/** Running a node, and what is seen of it. */
export function describeRuns(host: () => EditorHost): void {
	describe('a run', () => {
		let credentials: Credentials;

		beforeAll(async () => {
			credentials = await tokenCredential(host());
		});

		const open = async (parameters: Record<string, unknown>, chosen = credentials) => {
			await show(host(), inARow('Runs', [start, cloudflare(NODE, parameters, chosen)]));
			return await host().editor.openNode(NODE);
		};

		it('shows a list as a table', async () => {
			const node = await open({ resource: 'zone', operation: 'getAll', limit: 3 });
			await node.execute();
			await node.rows.first().waitFor();
			await node.showOutputAs('table');
			expect(await node.rows.count()).toBe(3);
			const heading = await node.output.locator('table thead').innerText();
			expect(heading.split(/\s+/)).toEqual(
				expect.arrayContaining(['id', 'name', 'status', 'plan']),
			);
		});

		it('says beside the output what was refused', async () => {
			const node = await open({
				resource: 'ipBlock',
				operation: 'block',
				addresses: '203.0.113.7, 10.0.0.7',
				zone: byName('example.com'),
			});
			await node.execute();
			const hint = await textOf(node.hints, 'refused');
			expect(hint).toMatch(/^1 address was refused: \S/);
			await node.rows.filter({ hasText: '10.0.0.7' }).first().waitFor();
			expect(await node.rows.count()).toBe(2);
		});

		it('says what is wrong with the input, and what is expected', async () => {
			const node = await open({
				resource: 'zone',
				operation: 'get',
				zone: byName('unknown.example'),
			});
			await node.execute();
			expect(await textOf(node.errorMessage, /\S/)).toBe(
				'Zone: no zone named "unknown.example" is visible to this credential',
			);
			expect(await textOf(node.errorDescription, /\S/)).toMatch(/^Expected: A zone/);
			expect(await node.output.innerText()).not.toMatch(JUNK);
		});

		it('says what Cloudflare refuses, why, and which permission it takes', async () => {
			const limited = await makeCredential(host(), 'zone-reader', ['Zone Read']);
			const node = await open(
				{
					resource: 'rulesetRule',
					operation: 'getAll',
					scope: 'zone',
					zone: { __rl: true, mode: 'id', value: seedIds.zones['example.com'] },
				},
				limited,
			);
			await node.execute();
			expect(await textOf(node.errorMessage, /\S/)).toMatch(/^Cloudflare /);
			expect(await textOf(node.errorDescription, /\S/)).toMatch(/Zone → Zone WAF → Read.* Help$/);
			const help = node.errorDescription.getByRole('link', { name: 'Help' });
			expect(await help.getAttribute('href')).toMatch(
				/troubleshooting\.md#cloudflare-refused-access$/,
			);
			expect(await node.output.innerText()).not.toMatch(JUNK);
		});

		it('is not needed to see which fields will come', async () => {
			const parameters = { resource: 'zone', operation: 'get', zone: byName('example.com') };
			await show(
				host(),
				inARow('Preview', [start, cloudflare(NODE, parameters, credentials), fields('After', {})]),
			);
			const after = await host().editor.openNode('After');
			const preview = await textOf(after.input, 'Usually outputs the following fields');
			expect(preview.split('\n')).toEqual(
				expect.arrayContaining(['id', 'name', 'status', 'plan', 'account_name']),
			);
			expect(host().cloudflare.calls).toEqual([]);
		});

		it('goes on to the next node', async () => {
			const parameters = { resource: 'zone', operation: 'get', zone: byName('example.com') };
			await show(
				host(),
				inARow('Row', [start, cloudflare(NODE, parameters, credentials), passOn('After')]),
			);
			const after = await host().editor.openNode('After');
			await after.execute();
			await after.rows.filter({ hasText: 'example.com' }).waitFor();
		});
	});
}
