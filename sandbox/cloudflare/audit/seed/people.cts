import { id } from '../../seed/ids.cjs';
import { seedIds } from '../../seed/seedIds.cjs';
import type { Actor } from '../types.cjs';

const user = (email: string, ip: string): Actor => ({
	id: id('user', email),
	type: 'user',
	context: 'dash',
	email,
	ip,
});
const withToken = (actor: Actor, name: string, ip: string): Actor => ({
	...actor,
	context: 'api_token',
	ip,
	token: { id: id('credential', `audit/${name}`), name },
});

const alice = user('alice@example.com', '198.51.100.10');

/** Who acts in the seeded audit logs. */
export const people = {
	/** Administrator, in the office. */
	alice,
	/** Her colleague, over IPv6. */
	bob: user('bob@example.com', '2001:db8:ff1:b0b::1'),
	/** A contractor. */
	carol: user('carol@contractor.example', '203.0.113.80'),
	/** Alice's automation: several changes in one second. */
	terraform: withToken(alice, 'terraform', '192.0.2.50'),
	/** Carol, with the Global API key. */
	carolKey: {
		...user('carol@contractor.example', '203.0.113.80'),
		context: 'api_key',
	} satisfies Actor,
	/** An account-owned token: nobody's e-mail address. */
	agent: {
		id: seedIds.mainAccount,
		type: 'account',
		context: 'api_token',
		ip: '192.0.2.60',
		token: { id: id('credential', 'audit/logpush-agent'), name: 'logpush-agent' },
	} satisfies Actor,
	/** Cloudflare's own systems: no address and no request. */
	system: { id: '', type: 'system', context: 'api' } satisfies Actor,
	/** Cloudflare's support. */
	support: {
		id: id('user', 'support'),
		type: 'cloudflare_admin',
		context: 'api',
		email: 'support@cloudflare.example',
	} satisfies Actor,
	/** Took over Bob's account, two days before the sandbox starts. */
	intruder: {
		...user('bob@example.com', '203.0.113.66'),
	},
	intruderToken: withToken(user('bob@example.com', '203.0.113.66'), 'backup', '2001:db8:bad::66'),
} as const;
