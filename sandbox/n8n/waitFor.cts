import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer other than undefined.
 *
 * @param what what is waited for, for the message when it does not come
 * @throws when the time is up, or whatever `attempt` throws
 */
export async function waitFor<T>(
	what: string,
	attempt: () => Promise<T | undefined>,
	{ seconds, everyMs = 250 }: { seconds: number; everyMs?: number },
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const result = await attempt();
		if (result !== undefined) return result;
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}`);
		await sleep(everyMs);
	}
}
