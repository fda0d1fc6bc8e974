import { type Browser, openBrowser } from '../../../sandbox/editor/browser.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { describeAgentTool } from './agentTool.suite.cjs';
import { describeCreator } from './creator.suite.cjs';
import { describeCredentialForm } from './credentialForm.suite.cjs';
import { describeRuns } from './runs.suite.cjs';
import { describeTriggerInEditor } from './triggerInEditor.suite.cjs';
import { describeZonePicker } from './zonePicker.suite.cjs';

/** What the tests of the editor work with. */
export interface EditorHost extends Sandbox {
	editor: Browser['editor'];
}

/** The editor as a person uses it, in a real browser. */
export function describeEditor(current: () => Sandbox): void {
	const chromium = process.env.CHROMIUM_PATH;
	const describeWhereChromiumIs = chromium ? describe : describe.skip;

	describeWhereChromiumIs('the editor', () => {
		let browser: Browser | undefined;
		const host = (): EditorHost => {
			if (!browser) throw new Error('The browser has not started');
			return { ...current(), editor: browser.editor };
		};

		beforeAll(async () => {
			browser = await openBrowser(current().n8n, chromium ?? '');
		});

		beforeEach(() => current().cloudflare.reset());

		afterAll(async () => {
			await browser?.close();
		});

		describeCreator(host);
		describeCredentialForm(host);
		describeZonePicker(host);
		describeRuns(host);
		describeTriggerInEditor(host);
		describeAgentTool(host);
	});
}
