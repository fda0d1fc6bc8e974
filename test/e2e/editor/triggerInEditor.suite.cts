import { cloudflareTrigger, inARow, passOn } from '../../../sandbox/editor/workflows.cjs';
import { waitFor } from '../../../sandbox/n8n/waitFor.cjs';
import type { EditorHost } from './editor.suite.cjs';
import { type Credentials, show, textOf, tokenCredential } from './support.cjs';

const NODE = 'New Audit Events';

/** The trigger's test event, and turning the workflow on. */
export function describeTriggerInEditor(host: () => EditorHost): void {
	describe('the trigger', () => {
		let credentials: Credentials;

		beforeAll(async () => {
			credentials = await tokenCredential(host());
		});

		const shown = async (parameters: Record<string, unknown>) =>
			await show(
				host(),
				inARow('Watch', [cloudflareTrigger(NODE, parameters, credentials), passOn('Alarm')]),
			);

		it('shows the newest events that match as test events', async () => {
			await shown({ triggerOn: ['dns'] });
			const node = await host().editor.openNode(NODE);
			await node.execute();
			await node.rows.first().waitFor();
			const lines = await node.rows.allInnerTexts();
			expect(lines).toHaveLength(5);
			for (const line of lines) expect(line).toMatch(/dns/);
			const times = lines.map((line) => /\d{4}-\d\d-\d\dT[\d:]+Z/.exec(line)?.[0] ?? '');
			expect(times).toEqual([...times].sort().reverse());
		});

		it('says how to make an event when none matches', async () => {
			await shown({ triggerOn: ['dns'], filters: { actorEmail: 'nobody@example.com' } });
			const node = await host().editor.openNode(NODE);
			await node.execute();
			expect(await textOf(node.errorMessage, /\S/)).toBe('There is no event yet that matches');
			expect(await textOf(node.errorDescription, /\S/)).toMatch(
				/Make one: change the comment of a DNS record in the Cloudflare dashboard/,
			);
		});

		it('is turned on by Publish', async () => {
			const { editor, n8n } = host();
			const id = await shown({ triggerOn: ['dns'] });
			await editor.publish();
			const { status, triggers } = await waitFor(
				'the start of the trigger',
				async () => {
					const publication = await n8n.client.publicationStatus(id);
					return ['published', 'failed'].includes(publication.status) ? publication : undefined;
				},
				{ seconds: 90 },
			);
			expect({ status, errors: triggers.map(({ errorMessage }) => errorMessage) }).toEqual({
				status: 'published',
				errors: [null],
			});
			await n8n.client.deactivateWorkflow(id);
		});
	});
}
