import type { Credential } from './credentials.cjs';
import type { Reply } from './envelope.cjs';
import { badContentType, malformedJson } from './errors.cjs';
import { outOfReach, seesAccount, seesZone, type Requirement } from './permissions.cjs';
import type { Fault } from './faults.cjs';
import type { State } from './state.cjs';
import type { Account, Zone } from './types.cjs';

/** One authenticated request, as the routes see it. */
export class Call {
	constructor(
		readonly state: State,
		readonly credential: Credential,
		readonly requirement: Requirement,
		readonly params: Readonly<Record<string, string>>,
		readonly query: URLSearchParams,
		private readonly headers: Headers,
		private readonly text: string,
		/** The fault that strikes this request, if it is one that routes know. */
		readonly fault?: Fault,
	) {}

	/** Bytes of the body. */
	get size(): number {
		return Buffer.byteLength(this.text);
	}

	/** The body, or undefined when there is none. Throws 400 when it is not JSON. */
	optionalJson(): unknown {
		return this.text === '' ? undefined : this.json();
	}

	/** The body. Throws 400 when it is not JSON. */
	json(): unknown {
		if (!/^application\/json\b/i.test(this.headers.get('content-type') ?? ''))
			throw badContentType();
		try {
			return JSON.parse(this.text) as unknown;
		} catch {
			throw malformedJson();
		}
	}

	/** The account named in the path. Throws 403 when the credential does not reach it. */
	account(): Account {
		const account = this.state.accounts.get(this.params.account_id);
		if (account === undefined || !seesAccount(this.credential, account.id))
			throw outOfReach(this.requirement.style);
		return account;
	}

	/** The zone named in the path. Throws 403 when the credential does not reach it. */
	zone(): Zone {
		const zone = this.state.zones.get(this.params.zone_id);
		if (zone === undefined || !seesZone(this.credential, zone))
			throw outOfReach(this.requirement.style);
		return zone;
	}
}

/** `GET /zones/:zone_id` and the like → what it does. Every key has its line in the permission table. */
export type Routes = Readonly<Record<string, (call: Call) => Reply>>;
