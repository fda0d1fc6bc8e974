// Loaded into the n8n process before n8n itself: connects it to the stand-in as every other client, and measures it on
// demand, since only the process itself knows what it takes.
import { createServer } from 'node:http';
import { startMeter, type Meter } from '../meter.cjs';
import { redirect } from '../redirect.cjs';

export interface Inside {
	/** Where the stand-in listens. */
	cloudflarePort: number;
	/** Where this process answers POST /time, POST /memory, which begin to measure it, and POST /stop. */
	meterPort: number;
}

export function connect({ cloudflarePort, meterPort }: Inside): void {
	// The sandbox sets them; here everything goes straight to the stand-in.
	for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) delete process.env[name];
	redirect(cloudflarePort);
	let meter: Meter | undefined;
	createServer(({ url }, response) => {
		const taken = url === '/stop' ? meter?.stop() : undefined;
		if (url === '/time' || url === '/memory')
			meter = startMeter(url === '/time' ? 'time' : 'memory');
		response.end(JSON.stringify(taken ?? {}));
	})
		.listen(meterPort, '127.0.0.1')
		.unref();
}
