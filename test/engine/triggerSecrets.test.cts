import { MINUTE, Watch } from '../support/auditTrigger.cjs';
import {
	moveTime,
	sandboxCredentials,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { expectNoSecret } from '../support/secrets.cjs';
import type { TestCredential } from '../support/engine/index.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

// Skipped waits of whole milliseconds, as the real clock counts them.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => jest.restoreAllMocks());

type Fault = Parameters<typeof cf.faults.add>[0];

const { userToken, accountToken, globalKey } = sandboxCredentials;
const credentials: Array<[what: string, credential: TestCredential, secret: string]> = [
	['a token of a user', tokenCredential({ apiToken: userToken }), userToken],
	['a token of an account', tokenCredential({ apiToken: accountToken }), accountToken],
	[
		'the Global API key',
		{ type: 'cloudflareSecurityGlobalKeyApi', data: { ...globalKey } },
		globalKey.apiKey,
	],
];

/** Answers that may hold what the request held. */
const echoes = (secret: string): Fault[] => [
	{ kind: 'status', status: 400, errors: [{ message: `unknown header Bearer ${secret}` }] },
	{
		kind: 'status',
		status: 403,
		errors: [{ code: 10000, message: `Authentication error: ${secret}` }],
	},
	{ kind: 'status', status: 503, errors: [{ code: 1, message: JSON.stringify({ secret }) }] },
	{ kind: 'text', status: 502, text: `X-Auth-Key: ${secret}` },
	{ kind: 'body', status: 200, body: `<pre>${secret}</pre>`, contentType: 'text/html' },
	{ kind: 'cutBefore' },
	{ kind: 'rateLimited', retryAfter: 300 },
];

describe.each(credentials)('%s is nowhere to be found', (_what, credential, secret) => {
	const authentication = credential.type.includes('GlobalKey') ? 'globalKey' : 'token';
	const options = { ignoreOwnChanges: true, rawEvent: true };
	const watch = (more: object = {}, state?: Parameters<Watch['restart']>[0]) =>
		new Watch(
			cf,
			{ authentication, options: { ...options, ...more } },
			{ credentials: credential, ...state },
		);

	const expectNone = (trigger: Watch, more: unknown[] = []) =>
		expectNoSecret(
			[trigger.turns, trigger.trigger.state, trigger.trigger.saved, ...more],
			[secret],
		);

	test('in items, logs and state', async () => {
		const trigger = watch();
		await trigger.activate();
		cf.state.audit.burst({ count: 20, spacing: 100 });
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toHaveLength(20);
		await trigger.restart({ state: { version: 1, fingerprint: secret } });
		const tested = await trigger.trigger.test();
		expect(tested.items).toHaveLength(5);
		expectNone(trigger, [tested]);
	});

	test('when the API repeats it', async () => {
		for (const fault of echoes(secret)) {
			const trigger = watch();
			await trigger.activate();
			cf.faults.add({ ...fault, times: 99 });
			await trigger.poll();
			const failed = await trigger.poll();
			expect(failed.error).toBeDefined();
			const tested = await trigger.trigger.test();
			expect(tested.error).toBeDefined();
			cf.faults.clear();
			expectNone(trigger, [tested]);
		}
	});

	test('when asking for its own ID fails', async () => {
		if (authentication === 'globalKey') return;
		for (const fault of echoes(secret)) {
			const trigger = watch();
			await trigger.activate();
			cf.state.audit.add();
			time.advance(MINUTE);
			cf.faults.add({ ...fault, times: 99, match: { path: /verify/ } });
			await trigger.poll();
			expect((await trigger.poll()).error).toBeDefined();
			cf.faults.clear();
			expectNone(trigger);
		}
	});

	test('when it was pasted into a field', async () => {
		for (const more of [{ maxEvents: secret }, { startFrom: secret }, { rawEvent: secret }]) {
			const trigger = watch(more);
			const { error, logs } = await trigger.activate();
			expect(error).toBeDefined();
			// The node that n8n hangs onto its errors holds what was typed into its fields.
			expectNoSecret([error?.message, error?.description, error?.stack, logs], [secret]);
		}
	});
});
