import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Linux keeps the highest memory of a process and forgets it on demand; elsewhere it counts from the start. */
function forgetPeak(): void {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// The peak since the start, then.
	}
}

export interface Meter {
	/** CPU time of all threads, and the highest memory above that of the beginning, since the beginning. */
	stop(): { cpuMicroseconds: number; peakBytes: number };
}

export function startMeter(): Meter {
	collectGarbage();
	forgetPeak();
	const held = process.memoryUsage.rss();
	const before = process.cpuUsage();
	return {
		stop() {
			const { user, system } = process.cpuUsage(before);
			const peak = process.resourceUsage().maxRSS * 1024;
			return { cpuMicroseconds: user + system, peakBytes: Math.max(0, peak - held) };
		},
	};
}
