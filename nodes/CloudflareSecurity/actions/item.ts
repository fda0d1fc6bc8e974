import type { IExecuteFunctions } from 'n8n-workflow';
import { InputError } from '../input/inputError';
import { keyText } from '../input/keyText';
import { wholeNumber } from '../input/values';
import { parseScopeKind, resolveScope, type Scope, type ScopeKind } from '../targets/scope';
import { chooseRuleset, type RulesetChoice } from '../targets/ruleset';
import { resolveZone, type ZoneTarget } from '../targets/zone';
import type { ApiRequest, CloudflareClient } from '../transport/client';
import type { Connection } from '../transport/connect';
import type { Outcome } from '../transport/failure';
import type { PathSegment } from '../transport/path';

/** Look-ups that items of a run share: 100 items that name one zone find it with one request. */
export class Lookups {
	private readonly known = new Map<string | symbol, Promise<unknown>>();

	async once<T>(key: unknown, find: () => Promise<T>): Promise<T> {
		const text = keyText(key);
		const found = (this.known.get(text) ?? find()) as Promise<T>;
		this.known.set(text, found);
		try {
			return await found;
		} finally {
			// The next item tries again, unless the answer was that there is no such thing.
			found.catch((error: unknown) => {
				if (!(error instanceof InputError)) this.known.delete(text);
			});
		}
	}

	forget(key: unknown): void {
		this.known.delete(keyText(key));
	}
}

/** One input item with its parameters: what an operation works on. */
export class Item {
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		readonly connection: Connection,
		private readonly lookups: Lookups,
	) {}

	get client(): CloudflareClient {
		return this.connection.client;
	}

	/** A parameter as it is; hidden ones give the fallback. */
	value(name: string, fallback: unknown = undefined): unknown {
		return this.context.getNodeParameter(name, this.index, fallback as never);
	}

	/** A collection's members. */
	collection(name: string): Readonly<Record<string, unknown>> {
		const value = this.value(name, {});
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	}

	flag(name: string, fallback = false): boolean {
		const value = this.value(name, fallback);
		return value === true || value === 'true';
	}

	/** How many rows are wanted: undefined means all. @throws InputError when the limit is no number from 1 */
	limit(): number | undefined {
		if (this.flag('returnAll')) return undefined;
		return wholeNumber(this.value('limit', 50), { field: 'Limit', min: 1 });
	}

	/** Ids that are easily pasted into the field of another thing, with what they are. */
	mistakes(): ReadonlyMap<string, string> {
		const { accountId, zoneId } = this.connection;
		return new Map([
			...(accountId
				? [[accountId.toLowerCase(), 'the account ID of the credential'] as const]
				: []),
			...(zoneId ? [[zoneId.toLowerCase(), 'the zone ID of the credential'] as const] : []),
		]);
	}

	scopeKind(): ScopeKind {
		return parseScopeKind(this.value('scope', 'zone'));
	}

	/** Sends nothing. @throws InputError when the fields do not name a ruleset */
	ruleset(): RulesetChoice {
		return chooseRuleset(
			{
				scope: this.value('scope', 'zone'),
				rulesetFrom: this.value('rulesetFrom', 'phase'),
				phase: this.value('phase', ''),
				ruleset: this.value('ruleset', ''),
			},
			this.mistakes(),
		);
	}

	/** Looks something up once for all items of the run that ask with the same key. A failure has to be thrown. */
	async lookUp<T>(key: unknown, find: () => Promise<T>): Promise<T> {
		return await this.lookups.once(key, find);
	}

	/** Like `lookUp`, for callers to whom a failure is an answer: the next item tries again. */
	async attemptOnce<T>(key: unknown, request: ApiRequest<T>): Promise<Outcome<T>> {
		const outcome = await this.lookUp(key, async () => await this.client.attempt(request));
		if (!outcome.ok) this.lookups.forget(key);
		return outcome;
	}

	/** @throws InputError when the field names no zone, or none that the credential reaches */
	async zoneTarget(field: unknown = this.value('zone', '')): Promise<ZoneTarget> {
		return await this.lookUp(
			['zone', field],
			async () => await resolveZone(this.connection, field),
		);
	}

	async zone(): Promise<PathSegment> {
		return (await this.zoneTarget()).id;
	}

	async scope(): Promise<Scope> {
		const fields = {
			scope: this.value('scope', 'zone'),
			zone: this.value('zone', ''),
			account: this.value('account', ''),
		};
		return await this.lookups.once(
			['scope', fields],
			async () => await resolveScope(this.connection, fields),
		);
	}
}
