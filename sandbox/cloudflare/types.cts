import type { Plan } from './language/vocabulary.cjs';

export interface Account {
	id: string;
	name: string;
	type: 'standard' | 'enterprise';
	created_on: string;
	settings: { enforce_twofactor: boolean; abuse_contact_email: string | null };
}

export interface Zone {
	id: string;
	/** In Punycode; answers about zones show it in Unicode. */
	name: string;
	status: 'initializing' | 'pending' | 'active' | 'moved';
	paused: boolean;
	type: 'full' | 'partial' | 'secondary' | 'internal';
	development_mode: number;
	name_servers: string[];
	original_name_servers: string[] | null;
	original_registrar: string | null;
	original_dnshost: string | null;
	modified_on: string;
	created_on: string;
	activated_on: string | null;
	meta: Record<string, boolean | number>;
	owner: { id: string | null; name: string | null; type: string };
	account: { id: string; name: string };
	tenant: { id: string | null; name: string | null };
	tenant_unit: { id: string | null };
	permissions: string[];
	plan: { id: string; name: string; legacy_id: Plan } & Record<string, unknown>;
	vanity_name_servers?: string[];
	verification_key?: string;
}

export type Scope = { level: 'account' | 'zone'; id: string };

/** One thing that a call changed; what audit logs are made from. */
export interface Change {
	action: 'create' | 'update' | 'delete';
	resource: { product: string; type: string; id: string };
	scope: Scope | { level: 'user'; id: string };
	/** Name of the credential. */
	actor: string;
	at: string;
	before?: unknown;
	after?: unknown;
}

export interface RecordedCall {
	method: string;
	/** Without /client/v4. */
	path: string;
	query: Array<[string, string]>;
	body: unknown;
	/** 0 until answered, and when the connection was cut. */
	status: number;
	/** A name of sandboxCredentials; `anonymous` or `unknown` when it is none of them. */
	credential: string;
}
