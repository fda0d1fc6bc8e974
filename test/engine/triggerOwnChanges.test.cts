import { idsOf, MINUTE, Watch } from '../support/auditTrigger.cjs';
import { v2Path } from '../support/auditLog.cjs';
import {
	exampleCom,
	moveTime,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import type { TestCredential } from '../support/engine/index.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

const { userToken, accountToken, oldAccountToken, globalKey } = sandboxCredentials;
const ignoring = { options: { ignoreOwnChanges: true } };

const token = (apiToken: string, more: object = {}): TestCredential => {
	const { type, data } = tokenCredential({ apiToken });
	return { type, data: { ...data, ...more } };
};
const globalKeyCredential: TestCredential = {
	type: 'cloudflareSecurityGlobalKeyApi',
	data: { ...globalKey },
};

const OF_USER = 'GET /user/tokens/verify 200';
const REFUSED_TO_USER = 'GET /user/tokens/verify 401';
const OF_ACCOUNT = `GET /accounts/${seedIds.mainAccount}/tokens/verify 200`;
const LOG = `GET ${v2Path} 200`;

/** What a playbook does: it changes a DNS record through the action node. */
async function change(credentials: TestCredential, name: string): Promise<void> {
	const isKey = credentials.type === 'cloudflareSecurityGlobalKeyApi';
	const { error } = await runNode({
		parameters: {
			authentication: isKey ? 'globalKey' : 'token',
			resource: 'dnsRecord',
			operation: 'create',
			zone: exampleCom,
			type: 'A',
			name,
			content: '203.0.113.9',
		},
		credentials,
	});
	if (error) throw error;
}

const lastEntry = () => cf.state.audit.entriesOf(seedIds.mainAccount).slice(-1);

async function started(credentials: TestCredential, parameters: object = ignoring) {
	const authentication =
		credentials.type === 'cloudflareSecurityGlobalKeyApi' ? 'globalKey' : 'token';
	const trigger = new Watch(cf, { authentication, ...parameters }, { credentials });
	const { error } = await trigger.activate();
	if (error) throw error;
	time.advance(MINUTE);
	return trigger;
}

describe('Ignore Changes Made by This Credential', () => {
	test.each<[what: string, own: TestCredential, other: TestCredential, verify: string[]]>([
		['a token of a user', token(userToken), token(accountToken), [OF_USER]],
		['a token of an account', token(accountToken), token(userToken), [OF_ACCOUNT]],
		[
			'an old token of an account, as the form says',
			token(oldAccountToken, { ownedBy: 'account' }),
			token(accountToken),
			[OF_ACCOUNT],
		],
		[
			'an old token of an account, unsaid',
			token(oldAccountToken),
			token(accountToken),
			[REFUSED_TO_USER, OF_ACCOUNT],
		],
		['the Global API key', globalKeyCredential, token(userToken), []],
		[
			'a token, beside the Global API key of the same user',
			token(userToken),
			globalKeyCredential,
			[OF_USER],
		],
	])('%s: what it did itself stays away, the rest comes', async (_what, own, other, verify) => {
		const trigger = await started(own);
		await change(own, 'own');
		await change(other, 'other');
		const wanted = [...lastEntry(), cf.state.audit.add()];
		await change(own, 'own-again');
		time.advance(MINUTE);
		const turn = await trigger.poll();
		expect(turn.ids).toEqual(idsOf(wanted));
		expect(turn.calls).toEqual([LOG, ...verify]);

		// Nothing new is no reason to ask who it is.
		time.advance(MINUTE);
		expect(await trigger.poll()).toMatchObject({ items: null, calls: [LOG] });
	});

	test('when only its own changes are new, the workflow does not start, and they do not come later', async () => {
		const own = token(userToken);
		const trigger = await started(own);
		await change(own, 'own');
		time.advance(MINUTE);
		expect(await trigger.poll()).toMatchObject({ items: null, calls: [LOG, OF_USER] });
		time.advance(MINUTE);
		expect(await trigger.poll()).toMatchObject({ items: null, calls: [LOG] });
		const entry = cf.state.audit.add({ time: time.now() + 1_000 });
		time.advance(MINUTE);
		await trigger.poll();
		expect((await trigger.change({ parameters: {} })).items).toBeNull();
		expect(trigger.ids).toEqual([entry.ids.v2]);
	});

	test('another token put into the credential is recognised by the next poll', async () => {
		const trigger = await started(token(userToken));
		await change(token(userToken), 'first');
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
		await trigger.change({ credentials: token(accountToken) });
		await change(token(accountToken), 'second');
		await change(token(userToken), 'third');
		const wanted = lastEntry();
		time.advance(MINUTE);
		const turn = await trigger.poll();
		expect(turn.ids).toEqual(idsOf(wanted));
		expect(turn.calls).toEqual([LOG, OF_ACCOUNT]);
	});

	test('with Raw Event too', async () => {
		const own = token(userToken);
		const trigger = await started(own, { options: { ignoreOwnChanges: true, rawEvent: true } });
		await change(own, 'own');
		const entry = cf.state.audit.add();
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toEqual([entry.ids.v2]);
	});

	test.each<[string, object]>([
		['not chosen', {}],
		['switched off', { options: { ignoreOwnChanges: false } }],
		['version 1, which does not tell who it was', { source: 'v1', ...ignoring }],
	])('%s: its own changes come, without a further call', async (_what, parameters) => {
		const own = token(userToken);
		const trigger = await started(own, parameters);
		await change(own, 'own');
		time.advance(MINUTE);
		const turn = await trigger.poll();
		expect(turn.ids).toHaveLength(1);
		expect(turn.calls).toHaveLength(1);
	});

	test('when Cloudflare does not say who it is, nothing is handed over before it does', async () => {
		const own = token(userToken);
		const trigger = await started(own);
		await change(own, 'own');
		const entry = cf.state.audit.add();
		time.advance(MINUTE);
		const { state } = trigger.trigger;
		cf.faults.add({ kind: 'rateLimited', retryAfter: 300, match: { path: /verify/ } });
		expect((await trigger.poll()).items).toBeNull();
		expect(trigger.trigger.state).toEqual({ ...state, failures: 1 });
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toEqual([entry.ids.v2]);
	});
});
