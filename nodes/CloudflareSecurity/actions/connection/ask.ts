import type { Scope, ScopeKind } from '../../targets/scope';
import type { CloudflareClient } from '../../transport/client';
import type { FailureKind } from '../../transport/failure';
import { permissions, type PermissionName } from '../../permissions';
import { isBadCredential } from './credential';
import { probes, type Probe } from './probes';

export interface Verdict {
	result: 'allowed' | 'missing' | 'unknown';
	/** Why it is not allowed, or not known. */
	reason?: string;
}

/** After these, further requests would do harm or lead nowhere. */
const endsAsking: readonly FailureKind[] = ['network', 'rateLimited'];

/**
 * Finds out which rights a credential has. Each is asked for once, one after another, so that the first sign of a
 * credential that is no good ends the asking: what is left is unknown.
 */
export class Asker {
	private readonly verdicts = new Map<PermissionName, Verdict>();
	/** Why nothing more is asked. */
	private ended: string | undefined;

	/** @param scopes the zone and the account to ask about, as far as there are any */
	constructor(
		private readonly client: CloudflareClient,
		private readonly scopes: Readonly<Partial<Record<ScopeKind, Scope>>>,
	) {}

	/** Takes over what another request has shown. */
	learn(permission: PermissionName, verdict: Verdict): void {
		this.verdicts.set(permission, verdict);
	}

	/** Asks nothing more. */
	end(reason: string): void {
		this.ended ??= reason;
	}

	/** @throws NodeApiError when the execution was cancelled */
	async verdict(level: ScopeKind, permission: PermissionName): Promise<Verdict> {
		const known = this.verdicts.get(permission);
		if (known) return known;
		const verdict = await this.find(level, permission, probes[permission]);
		this.verdicts.set(permission, verdict);
		return verdict;
	}

	private async find(
		level: ScopeKind,
		permission: PermissionName,
		{ request, isAllowed, includes, cannotBeProbed }: Probe,
	): Promise<Verdict> {
		if (this.ended !== undefined) return { result: 'unknown', reason: this.ended };
		const part = includes === undefined ? undefined : await this.verdict(level, includes);
		if (part?.result === 'missing') {
			return { result: 'missing', reason: `It includes ${includes}, which is missing` };
		}
		// What ended the asking may have happened just now.
		if (this.ended !== undefined) return { result: 'unknown', reason: this.ended };
		if (!request) return { result: 'unknown', reason: cannotBeProbed };
		const scope = this.scopes[level];
		if (!scope) {
			const reason = `No ${level} is visible to the credential: choose one to ask about`;
			return { result: 'unknown', reason };
		}

		const outcome = await this.client.attempt<unknown>(request(scope));
		if (outcome.ok) return { result: 'allowed' };
		const { failure } = outcome;
		const error = this.client.toError(failure);
		if (failure.kind === 'cancelled') throw error;
		if (isAllowed?.(failure)) return { result: 'allowed' };
		if (failure.kind === 'permission' || failure.kind === 'credentialOrPermission') {
			return { result: 'missing', reason: this.refusedReason(level, permission, error.message) };
		}
		if (isBadCredential(failure) || endsAsking.includes(failure.kind)) {
			this.end(`Not asked any more: ${error.message}`);
		}
		return { result: 'unknown', reason: error.message };
	}

	private refusedReason(level: ScopeKind, permission: PermissionName, message: string): string {
		const also =
			permission === permissions.zoneRead ? '' : `, or its resources leave out this ${level}`;
		return `The credential lacks the permission${also}. ${message}`;
	}
}
