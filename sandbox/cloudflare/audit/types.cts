export interface Actor {
	id: string;
	type: 'user' | 'account' | 'system' | 'cloudflare_admin' | 'delegated_service';
	context: 'api' | 'api_key' | 'api_token' | 'dash' | 'oauth' | 'origin_ca_key';
	email?: string;
	ip?: string;
	token?: { id: string; name: string };
}

/** The request behind an event; events that Cloudflare's own systems make have none. */
export interface AuditRequest {
	method: string;
	/** Path and query, without /client/v4. */
	uri: string;
	status: number;
	userAgent: string;
	ray: string;
	body?: unknown;
}

/** What happened, before either version of the audit log words it. */
export interface AuditEvent {
	/** Milliseconds. */
	time: number;
	accountId: string;
	actor: Actor;
	succeeded: boolean;
	action: {
		type: 'create' | 'update' | 'delete' | 'login';
		/** Version 1 has words of its own for many actions. */
		v1: string;
		description: string;
	};
	resource: { product: string; type: string; id?: string; scope: 'accounts' | 'zones' | 'user' };
	/** What version 1 calls the kind of resource. */
	v1ResourceType: string;
	zone?: { id: string; name: string };
	request?: AuditRequest;
	/** Version 1 alone tells them. */
	before?: unknown;
	after?: unknown;
	metadata: Record<string, unknown>;
	/** The versions that show it. Neither covers everything. */
	versions: ReadonlyArray<1 | 2>;
}

/** An event in the log. */
export interface Entry extends AuditEvent {
	/** Order of arrival. */
	sequence: number;
	/** The same event has another id in each version. */
	ids: { v1: string; v2: string };
	/** Milliseconds; before that no answer shows it. */
	visibleAt: number;
}
