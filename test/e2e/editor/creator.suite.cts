import { resources } from '../../../nodes/CloudflareSecurity/actions/registry';
import { triggerFields } from '../../../nodes/CloudflareSecurity/trigger/fields';
import type { NodeCreator } from '../../../sandbox/editor/nodeCreator.cjs';
import type { EditorHost } from './editor.suite.cjs';
import { textOf } from './support.cjs';

const NODE = 'Cloudflare Security';

/** As many lines of the list as are expected. n8n adds them bit by bit. */
async function linesOf(creator: NodeCreator, expected: readonly string[]): Promise<string[]> {
	await creator.entry(expected.at(-1) ?? '').waitFor();
	const lines = (await creator.root.innerText()).split('\n').map((line) => line.trim());
	const shown = lines.slice(lines.indexOf(expected[0] ?? '')).filter((line) => line !== '');
	return shown.slice(0, expected.length);
}

/** From the list of nodes to a node on the canvas. */
export function describeCreator(host: () => EditorHost): void {
	describe('the list of nodes', () => {
		const opened = async (): Promise<NodeCreator> => {
			await host().editor.newWorkflow();
			return await host().editor.addFirstNode();
		};

		it('finds the node by what a security team looks for', async () => {
			const creator = await opened();
			for (const words of ['cloudflare', 'WAF', 'block ip', 'SIEM', 'audit log', 'SOAR']) {
				await creator.search('nothing that anything is named');
				await creator.entry(NODE).waitFor({ state: 'hidden' });
				await creator.search(words);
				await creator.entry(NODE).waitFor();
			}
		});

		it('tells what the node is for: its actions as well as its trigger', async () => {
			const creator = await opened();
			await creator.search('cloudflare security');
			const text = await textOf(creator.root, NODE);
			expect(text).toMatch(/block/i);
			expect(text).toMatch(/audit log/i);
		});

		it('shows every action, by resource', async () => {
			const creator = await opened();
			await creator.search('cloudflare');
			await creator.choose(NODE);
			await creator.toggle('Actions');
			const expected = resources.flatMap(({ name, operations }) => [
				`${name} actions`.toUpperCase(),
				...operations.map(({ action }) => action),
			]);
			expect(await linesOf(creator, expected)).toEqual(expected);
		});

		it('shows every event that the trigger can wait for, as it is written', async () => {
			const creator = await opened();
			await creator.search('cloudflare');
			await creator.choose(NODE);
			const [{ options = [] } = {}] = triggerFields.filter(({ name }) => name === 'triggerOn');
			const expected = options.map((option) => ('action' in option ? String(option.action) : ''));
			expect(expected.length).toBeGreaterThan(5);
			expect(await linesOf(creator, expected)).toEqual(expected);
		});

		it('puts an action on the canvas with its resource and operation chosen', async () => {
			const creator = await opened();
			await creator.search('cloudflare');
			await creator.choose(NODE);
			await creator.toggle('Actions');
			await creator.choose('Block IP addresses');
			const node = await host().editor.node();
			await node.parameter('operation').waitFor();
			expect(await node.chosen('resource')).toBe('IP Block');
			expect(await node.chosen('operation')).toBe('Block');
			expect((await node.labels()).slice(0, 5)).toEqual([
				'Resource',
				'Operation',
				'Addresses From',
				'Addresses',
				'Method',
			]);
			await node.close();
			await host().editor.nodeOnCanvas('Block IP addresses').waitFor();
		});
	});
}
