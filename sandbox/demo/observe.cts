import { sandboxCredentials, seedIds } from '../cloudflare/index.cjs';
import type { Cloudflare } from '../n8n/sandbox.cjs';

export interface Rule {
	id: string;
	action: string;
	expression: string;
	description?: string;
	enabled?: boolean;
}

const ENTRY_POINT = 'rulesets/phases/http_request_firewall_custom/entrypoint';

/** The custom rules of a zone, in order, as Cloudflare's API tells them; none if there is no entry point yet. */
export async function customRules(cloudflare: Cloudflare, zoneId: string): Promise<Rule[]> {
	const response = await cloudflare.fetch(
		new Request(`https://api.cloudflare.com/client/v4/zones/${zoneId}/${ENTRY_POINT}`, {
			headers: { authorization: `Bearer ${sandboxCredentials.userToken}` },
		}),
	);
	if (response.status === 404) return [];
	const { result } = (await response.json()) as { result: { rules?: Rule[] } };
	return result.rules ?? [];
}

const essence = ({ id, action, expression, description, enabled }: Rule) =>
	JSON.stringify([id, action, expression, description, enabled]);

/** What came, and whether everything that was there is still there, unchanged and in the same order. */
export function compareRules(
	before: Rule[],
	after: Rule[],
): { added: Rule[]; othersUnchanged: boolean } {
	const known = new Set(before.map(({ id }) => id));
	const kept = after.filter(({ id }) => known.has(id));
	return {
		added: after.filter(({ id }) => !known.has(id)),
		othersUnchanged: JSON.stringify(kept.map(essence)) === JSON.stringify(before.map(essence)),
	};
}

/** What the list of the playbooks holds. */
export interface BlockedAddress {
	address: string;
	comment: string;
}

/** The addresses in the list that the playbooks block with, in the order of the stand-in; none without the list. */
export function blockedAddresses({ state }: Cloudflare): BlockedAddress[] {
	const list = state.lists.named(seedIds.mainAccount, 'n8n_blocklist');
	return [...(list?.items.values() ?? [])].map((item) => ({
		address: 'ip' in item ? item.ip : '',
		comment: item.comment ?? '',
	}));
}
