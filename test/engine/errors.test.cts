import { inspect } from 'node:util';
import { headlines } from '../../nodes/CloudflareSecurity/transport/errors';
import type { FailureKind } from '../../nodes/CloudflareSecurity/transport/failure';
import { helpFor } from '../../nodes/CloudflareSecurity/transport/help';
import type { TestCredential } from '../support/engine/index.cjs';
import { errorRows, type ErrorRow } from '../support/errorRows/index.cjs';
import {
	locator,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { expectNoSecret } from '../support/secrets.cjs';

const cf = useCloudflare();

const key: TestCredential = {
	type: 'cloudflareSecurityGlobalKeyApi',
	data: { ...sandboxCredentials.globalKey, accountId: '', zoneId: '' },
};
const secrets = [sandboxCredentials.userToken, sandboxCredentials.globalKey.apiKey];

interface Call {
	method: 'GET' | 'POST';
	parameters: Record<string, unknown>;
	permission: string;
	request: RegExp;
}

const read: Call = {
	method: 'GET',
	parameters: { resource: 'zone', operation: 'getAll', returnAll: true },
	permission: 'Zone → Zone → Read',
	request: /GET \/zones$/,
};
const write: Call = {
	method: 'POST',
	parameters: {
		resource: 'rulesetRule',
		operation: 'create',
		zone: locator('id', seedIds.zones['example.com']),
		expressionFrom: 'expression',
		expression: 'ip.src eq 203.0.113.9',
	},
	permission: 'Zone → Zone WAF → Edit',
	request: /POST \/zones\/[0-9a-f]{32}\/rulesets\/[0-9a-f]{32}\/rules$/,
};

function expectedDetails(row: ErrorRow): object {
	return {
		kind: row.kind,
		errors: (row.codes ?? []).map((code) => expect.objectContaining({ code })),
		nextStep: expect.stringMatching(/\.$/),
		...(row.noRay
			? {}
			: { status: expect.any(Number), rayId: expect.stringMatching(/^8f[0-9a-f]{14}-AMS$/) }),
	};
}

describe.each<[string, TestCredential, boolean]>([
	['token', tokenCredential(), false],
	['Global API key', key, true],
])('%s', (_kind, credentials, isKey) => {
	const authentication = isKey ? 'globalKey' : 'token';

	describe.each([
		['a read', read],
		['a write', write],
	])('%s', (_way, call) => {
		test.each(errorRows.map((row): [string, ErrorRow] => [row.what, row]))(
			'%s',
			async (_what, row) => {
				cf.faults.add({ ...row.fault, match: { method: call.method } });
				const parameters = { ...call.parameters, authentication };
				const result = await runNode({ parameters, credentials });

				const isWrite = call.method === 'POST';
				expect(result.error?.message).toMatch(row.says);
				const [, description, help] =
					/^(.*) <a href="([^"]+)" target="_blank">Help<\/a>$/.exec(
						result.error?.description ?? '',
					) ?? [];
				expect(help).toBe(helpFor(headlines[row.kind as FailureKind]));
				expect(description).toMatch(isKey ? (row.stepForKey ?? row.step) : row.step);
				expect(description).toMatch(call.request);
				if (!row.noRay)
					expect(description).toMatch(/HTTP status \d{3} · Ray ID 8f[0-9a-f]{14}-AMS/);
				expect(description.includes(`"${call.permission}"`)).toBe(
					row.namesPermission === true && !isKey,
				);
				expect(/not known whether/.test(description)).toBe(row.doubt === true && isWrite);
				expect(result.error?.context?.cloudflare).toMatchObject(expectedDetails(row));

				const sent = cf.calls.filter(({ method }) => method === call.method);
				expect(sent).toHaveLength((isWrite ? row.writes : undefined) ?? row.reads ?? 1);
				expectNoSecret([result, inspect(result.error, { depth: 12 })], secrets);
			},
		);
	});
});

describe('continue on fail', () => {
	test.each(errorRows.map((row): [string, ErrorRow] => [row.what, row]))(
		'%s: one linked error item with the details, the others go on',
		async (_what, row) => {
			// The read of the second item; retries of it too.
			const id = seedIds.zones['example.org'];
			cf.faults.add({ ...row.fault, match: { path: `/zones/${id}` } });
			const result = await runNode({
				parameters: {
					resource: 'zone',
					operation: 'get',
					zone: '={{ $json.zone }}',
				},
				items: ['example.com', 'example.org', 'example.net'].map((name) => ({
					zone: seedIds.zones[name as 'example.com'],
				})),
				onError: 'continueRegularOutput',
			});
			expect(result.error).toBeUndefined();
			expect(result.items).toHaveLength(3);
			const [first, failed, last] = result.items;
			expect([first.json.name, last.json.name]).toEqual(['example.com', 'example.net']);
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
			expect(failed.json).toEqual({
				error: expect.stringMatching(row.says),
				details: expect.objectContaining({
					...expectedDetails(row),
					help: helpFor(headlines[row.kind as FailureKind]),
					description: expect.stringMatching(row.step),
				}),
			});
			expectNoSecret(result, secrets);
		},
	);
});
