import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory is looked at in runs of its own: to look takes time, and that of a run that is timed belongs to the client. */
export type Measures = 'time' | 'memory';

export interface Taken {
	/** CPU time of all threads. */
	cpuMicroseconds: number;
	/** The most that was held at once, above the least. Of runs for memory only. */
	heldBytes?: number;
}

export interface Meter {
	/** What was taken since the beginning. */
	stop(): Taken;
}

const LEAST_PAUSE_MS = 20;

/** Until the next look. A short run is looked at often; a long one in a large process would never end if it were. */
const pauseAfter = (lookMs: number, runMs: number): number =>
	Math.max(LEAST_PAUSE_MS, Math.min(runMs / 10, lookMs));

/**
 * Heap and buffers that are in use. Not the memory of the process: one that has loaded n8n has room in it that takes rows
 * without growing. And no garbage: when it is collected depends on how large the heap is already.
 */
function heldNow(): number {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

function watchMemory(): () => number {
	let most = 0;
	// Not what is held at the beginning: rows of a run before may be let go only in this one, and would hide its own.
	let least = Infinity;
	const look = () => {
		const held = heldNow();
		most = Math.max(most, held);
		least = Math.min(least, held);
	};
	look();
	let runMs = 0;
	let timer: NodeJS.Timeout | undefined;
	const lookAfter = (pause: number) => {
		timer = setTimeout(() => {
			runMs += pause;
			const started = performance.now();
			look();
			lookAfter(pauseAfter(performance.now() - started, runMs));
		}, pause).unref();
	};
	lookAfter(LEAST_PAUSE_MS);
	return () => {
		clearTimeout(timer);
		look();
		return most - least;
	};
}

export function startMeter(measures: Measures): Meter {
	collectGarbage();
	const held = measures === 'memory' ? watchMemory() : undefined;
	const before = process.cpuUsage();
	return {
		stop() {
			const { user, system } = process.cpuUsage(before);
			return { cpuMicroseconds: user + system, ...(held && { heldBytes: held() }) };
		},
	};
}
