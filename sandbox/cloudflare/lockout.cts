import { lockedOut } from './errors.cjs';
import type { State } from './state.cjs';

/** "Max auth failures": after too many bad credentials even a good one from the same place is refused for a while. */
export class Lockout {
	private failures = 0;
	private until = 0;

	constructor(private readonly state: State) {}

	reset(): void {
		this.failures = 0;
		this.until = 0;
	}

	/** Authenticates unless locked out, and counts it when that fails. */
	guard<T>(authenticate: () => T): T {
		const { enabled, threshold, seconds } = this.state.lockout;
		if (!enabled) return authenticate();
		if (this.state.now() < this.until) throw lockedOut();
		try {
			return authenticate();
		} catch (error) {
			this.failures += 1;
			if (this.failures >= threshold) {
				this.failures = 0;
				this.until = this.state.now() + seconds * 1000;
			}
			throw error;
		}
	}
}
