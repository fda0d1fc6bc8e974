const HEARTBEAT_MS = 15_000;

/** Says on standard error what is being done, and repeats it while it lasts. */
export async function step<T>(text: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
	process.stderr.write(`… ${text}\n`);
	const heartbeat = setInterval(
		() => process.stderr.write(`… ${text} (${seconds()} so far)\n`),
		HEARTBEAT_MS,
	);
	try {
		const result = await work();
		process.stderr.write(`✓ ${text} (${seconds()})\n`);
		return result;
	} finally {
		clearInterval(heartbeat);
	}
}
