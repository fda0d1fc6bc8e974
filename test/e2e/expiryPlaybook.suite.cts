import { seedIds } from '../../sandbox/cloudflare/index.cjs';
import { credentialStuffingAlert, scannerAlert } from '../../sandbox/demo/alert.cjs';
import { awaitRemoval, lookBefore } from '../../sandbox/demo/expire.cjs';
import { importExpiryPlaybook, type ExpiryPlaybook } from '../../sandbox/demo/expiryPlaybook.cjs';
import { blockedAddresses } from '../../sandbox/demo/observe.cjs';
import { importPlaybook, type Playbook } from '../../sandbox/demo/playbook.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';

const MINUTES_3 = 180_000;

/** The two examples that block and end blocks, side by side in n8n, by n8n's own clock and schedule. */
export function describeExpiryPlaybook(current: () => Sandbox): void {
	describe('the playbook that removes expired blocks', () => {
		let block: Playbook;
		let expire: ExpiryPlaybook;

		beforeAll(async () => {
			const { cloudflare, n8n } = current();
			cloudflare.reset();
			block = await importPlaybook(n8n.client, { path: 'block-beside-expiry' });
			expire = await importExpiryPlaybook(n8n.client, block.credentials);
		});

		afterAll(async () => {
			for (const { workflowId } of [expire, block])
				await current().n8n.client.deactivateWorkflow(workflowId);
		});

		it(
			'ends a block after its time, not before, and leaves all others',
			async () => {
				const { cloudflare } = current();
				await block.send(credentialStuffingAlert());
				const list = cloudflare.state.lists.named(seedIds.mainAccount, 'n8n_blocklist');
				if (!list) throw new Error('The playbook made no list');
				cloudflare.state.lists.fill(list, ['192.0.2.1'], 'Since 2019, ask Ada');
				const short = scannerAlert(20);
				expect((await block.send(short)).json).toMatchObject({ outcome: 'blocked' });

				const result = await awaitRemoval(cloudflare, expire, short, lookBefore(cloudflare, short));
				expect(result).toMatchObject({ blockedBefore: true, blockedAfter: false, success: true });
				expect(result.removals).toEqual([
					{ address: short.sourceIp, text: expect.stringContaining('Port scan against') },
				]);
				expect(
					blockedAddresses(cloudflare)
						.map(({ address }) => address)
						.sort(),
				).toEqual(['192.0.2.1', credentialStuffingAlert().sourceIp]);
			},
			MINUTES_3,
		);
	});
}
