import { attemptRuleset, chooseRuleset } from '../../nodes/CloudflareSecurity/targets/ruleset';
import type { Scope } from '../../nodes/CloudflareSecurity/targets/scope';
import type { CloudflareClient } from '../../nodes/CloudflareSecurity/transport/client';
import { readAnswer } from '../../nodes/CloudflareSecurity/transport/envelope';
import { apiPath, hexId } from '../../nodes/CloudflareSecurity/transport/path';

const id = hexId('0123456789abcdef0123456789abcdef', { field: 'Zone' });
const scope: Scope = { kind: 'zone', id, path: apiPath`/zones/${id}` };
const choice = chooseRuleset({
	scope: 'zone',
	rulesetFrom: 'phase',
	phase: 'http_request_firewall_custom',
	ruleset: '',
});

/** What the ruleset look-up makes of one answer of the API. */
async function lookUp(status: number, error: { code: number; message: string }) {
	const body = JSON.stringify({ success: false, errors: [error], messages: [], result: null });
	const client = {
		attempt: async ({ path }: { path: { text: string } }) =>
			readAnswer(
				{ status, headers: {}, body },
				{ method: 'GET', path: path.text, expect: 'object' },
				0,
			),
	} as unknown as CloudflareClient;
	return await attemptRuleset(client, scope, choice);
}

test.each([
	[10003, 'could not find entrypoint ruleset in the http_request_firewall_custom phase'],
	[1000, 'not found'],
])('404 with code %i means that the phase has no rules yet', async (code, message) => {
	const outcome = await lookUp(404, { code, message });
	expect(outcome.ok && outcome.envelope.result).toBeUndefined();
	expect(outcome.ok).toBe(true);
});

test.each([
	[404, 10000, 'Authentication error', 'credentialOrPermission'],
	[404, 9109, 'Unauthorized to access requested resource', 'credentialOrPermission'],
	[404, 7003, 'Could not route to /zones/x, perhaps your object identifier is invalid?', 'wrongId'],
	[404, 7777, 'something else', 'notFound'],
])('%i with code %i is no empty phase', async (status, code, message, kind) => {
	const outcome = await lookUp(status, { code, message });
	expect(outcome.ok ? 'no failure' : outcome.failure.kind).toBe(kind);
});
