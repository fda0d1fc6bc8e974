import { createCloudflare } from '../cloudflare/index.cjs';
import { type InterceptingProxy, startProxy } from '../fronts/proxy.cjs';
import { launchN8n, type RunningN8n } from './launch.cjs';
import type { Preparation } from './preparation.cjs';

export type Cloudflare = ReturnType<typeof createCloudflare>;

export interface Sandbox {
	cloudflare: Cloudflare;
	proxy: InterceptingProxy;
	n8n: RunningN8n;
	stop(): Promise<void>;
}

/** A real n8n for which our stand-in is api.cloudflare.com, and nothing else exists. */
export async function startSandbox(
	preparation: Preparation,
	cloudflare: Cloudflare = createCloudflare(),
): Promise<Sandbox> {
	const proxy = await startProxy(cloudflare);
	try {
		const n8n = await launchN8n({ ...preparation, ...proxy });
		return {
			cloudflare,
			proxy,
			n8n,
			async stop() {
				await n8n.stop();
				await proxy.close();
			},
		};
	} catch (error) {
		await proxy.close();
		throw error;
	}
}
