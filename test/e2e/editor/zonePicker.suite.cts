import { seedIds } from '../../../sandbox/cloudflare/index.cjs';
import type { LocatorField } from '../../../sandbox/editor/locatorField.cjs';
import type { NodeView } from '../../../sandbox/editor/nodeView.cjs';
import { cloudflare, inARow, start } from '../../../sandbox/editor/workflows.cjs';
import { waitFor } from '../../../sandbox/n8n/waitFor.cjs';
import type { EditorHost } from './editor.suite.cjs';
import { type Credentials, show, textOf, tokenCredential } from './support.cjs';

const NODE = 'Get a Zone';
const WAIT = { seconds: 90 };

/** How a zone is chosen. */
export function describeZonePicker(host: () => EditorHost): void {
	describe('the zone', () => {
		let credentials: Credentials;
		let node: NodeView;
		let zone: LocatorField;

		beforeAll(async () => {
			credentials = await tokenCredential(host());
		});

		beforeEach(async () => {
			const empty = { __rl: true, mode: 'list', value: '' };
			const parameters = { resource: 'zone', operation: 'get', zone: empty };
			await show(host(), inARow('A zone', [start, cloudflare(NODE, parameters, credentials)]));
			node = await host().editor.openNode(NODE);
			zone = node.locatorField('zone');
		});

		const runGives = async (name: string) => {
			await node.execute();
			await node.rows.filter({ hasText: name }).waitFor();
			expect(await node.rows.count()).toBe(1);
		};

		it('is chosen from a list with all zones, of which further ones come by scrolling', async () => {
			await zone.openList();
			const first = await zone.items.count();
			// Cloudflare lists internal zones only to those who ask for them.
			const all = [...host().cloudflare.state.zones.values()].filter(
				({ type }) => type !== 'internal',
			);
			expect(all.length).toBeGreaterThanOrEqual(130);
			expect(first).toBeLessThan(all.length);
			await waitFor(
				'the rest of the zones',
				async () => {
					await zone.scrollToEnd();
					return (await zone.items.count()) === all.length ? true : undefined;
				},
				WAIT,
			);
			const last =
				all
					.map(({ name }) => name)
					.sort()
					.at(-1) ?? '';
			await zone.pick(last);
			expect(await zone.input.inputValue()).toBe(last);
			await runGives(last);
		});

		it('is found by a part of its name', async () => {
			await zone.openList();
			await zone.search('ample.NET');
			await waitFor(
				'the one zone',
				async () => ((await zone.items.count()) === 1 ? true : undefined),
				WAIT,
			);
			await zone.pick('example.net');
			await runGives('example.net');
		});

		it('is given by its ID', async () => {
			await zone.setMode('By ID');
			await zone.type(seedIds.zones['example.org']);
			await runGives('example.org');
		});

		it('is given by its name', async () => {
			await zone.setMode('By Name');
			await zone.type('example.com');
			await runGives('example.com');
		});

		it('is not a name where an ID belongs, and the error says what to choose', async () => {
			await zone.setMode('By ID');
			await zone.type('example.com');
			await node.execute();
			expect(await textOf(node.errorMessage, /\S/)).toMatch(
				/^Zone: got "example.com", which looks like a domain name: choose By Name/,
			);
			expect(host().cloudflare.calls).toEqual([]);
		});
	});
}
