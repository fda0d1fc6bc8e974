import { addToken, auditPeople, type State } from '../cloudflare/index.cjs';
import type { Cloudflare } from '../n8n/sandbox.cjs';

/** Somebody who changes something with an API token of their own, as the audit log tells of them. */
export interface Person {
	id: string;
	email: string;
	ip: string;
	token: { id: string; name: string };
}

const { id, email, ip, token } = auditPeople.intruderToken;

/** Whoever has taken over the account of bob@example.com: the audit log of the stand-in tells of them already. */
export const intruder: Person = { id, email, ip, token } as Person;

/** Gives the person's token, made when it is not there. It lasts until the next reset. */
export function tokenOf({ token }: Person, state: State): string {
	const known = state.credentials.find(({ name }) => name === token.name);
	if (known) return known.secret;
	const secret = addToken(state, {
		name: token.name,
		permissions: ['Zone WAF Write', 'DNS Write'],
	});
	const made = state.credentials.find((each) => each.secret === secret);
	if (made) made.id = token.id;
	return secret;
}

/**
 * Changes something at the stand-in as this person.
 * @param path behind /client/v4
 * @throws when it is refused
 */
export async function changeAs(
	person: Person,
	{ state, fetch }: Cloudflare,
	[method, path, body]: ['POST' | 'PATCH' | 'DELETE', string, object?],
): Promise<void> {
	const authorization = `Bearer ${tokenOf(person, state)}`;
	const { user } = state;
	const { callerAddress } = state.audit;
	// The stand-in knows one user; for this request it takes the person for them.
	state.user = { ...user, id: person.id, email: person.email } as typeof user;
	state.audit.callerAddress = person.ip;
	try {
		const response = await fetch(
			new Request(`https://api.cloudflare.com/client/v4${path}`, {
				method,
				headers: {
					authorization,
					'content-type': 'application/json',
					'user-agent': 'curl/8.14.1',
				},
				...(body ? { body: JSON.stringify(body) } : {}),
			}),
		);
		if (!response.ok)
			throw new Error(`${method} ${path}: HTTP ${response.status}: ${await response.text()}`);
	} finally {
		state.user = user;
		state.audit.callerAddress = callerAddress;
	}
}
