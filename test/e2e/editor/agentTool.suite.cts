import { agentWith, cloudflare } from '../../../sandbox/editor/workflows.cjs';
import type { EditorHost } from './editor.suite.cjs';
import { type Credentials, show, textOf, tokenCredential } from './support.cjs';

const TOOL = 'What Blocks an Address';

/** The node as a tool of an AI agent. */
export function describeAgentTool(host: () => EditorHost): void {
	describe('the tool of an AI agent', () => {
		let credentials: Credentials;

		beforeAll(async () => {
			credentials = await tokenCredential(host());
		});

		beforeEach(async () => {
			const find = cloudflare(TOOL, { resource: 'ipBlock', operation: 'find' }, credentials);
			await show(host(), agentWith('Agent', [find]));
		});

		it('describes itself by what it does', async () => {
			const tool = await host().editor.openNode(TOOL);
			expect(await tool.chosen('descriptionType')).toBe('Set Automatically');
			await tool.choose('descriptionType', 'Set Manually');
			const description = tool.parameter('toolDescription').locator('textarea, input');
			expect(await description.inputValue()).toBe(
				'Find what blocks IP addresses in Cloudflare Security',
			);
		});

		it('lets the model fill in what it asks for', async () => {
			const tool = await host().editor.openNode(TOOL);
			await tool.letModelDefine('addresses');
			await textOf(tool.item('addresses'), 'Defined automatically by the model');
			expect(await tool.labels()).toEqual(expect.arrayContaining(['Addresses', 'Zone', 'Account']));
		});
	});
}
