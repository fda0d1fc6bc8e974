import { errorText, MINUTE, Watch } from '../support/auditTrigger.cjs';
import { locator, moveTime, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

const option = (name: string, value: unknown) => ({ options: { [name]: value } });
const filter = (name: string, value: unknown) => ({ filters: { [name]: value } });
const v1 = { source: 'v1' };

/** What is set, and the field that the refusal names at its start, with what is wrong or expected. */
const cases: Array<[parameters: Record<string, unknown>, says: RegExp]> = [
	[{ source: 'v3' }, /^Source: got "v3"/],
	[{ triggerOn: ['everything', 'loginz'] }, /^Trigger On: got "loginz".*signIns/],
	[{ triggerOn: [] }, /^Trigger On: nothing was chosen.*everything/],
	[{ triggerOn: '={{ [] }}' }, /^Trigger On: nothing was chosen/],
	[{ triggerOn: '={{ 5 }}' }, /^Trigger On: got 5/],
	[{ triggerOn: '={{ ["toString"] }}' }, /^Trigger On: got "toString"/],
	[option('lookBackMinutes', 14), /^Look-Back \(Minutes\): got 14.*from 15 to 1440/],
	[option('lookBackMinutes', 1441), /^Look-Back \(Minutes\): got 1441.*from 15 to 1440/],
	[option('lookBackMinutes', 20.5), /^Look-Back \(Minutes\): got 20\.5/],
	[option('lookBackMinutes', '={{ null }}'), /^Look-Back \(Minutes\): got nothing/],
	[option('maxEvents', 0), /^Events per Poll: got 0.*from 1 to 10000/],
	[option('maxEvents', 10_001), /^Events per Poll: got 10001.*from 1 to 10000/],
	[option('maxEvents', 'many'), /^Events per Poll: got "many"/],
	[option('maxEvents', -1), /^Events per Poll: got -1/],
	[option('maxEvents', ''), /^Events per Poll: got an empty text/],
	[option('startFrom', 'yesterday evening'), /^Start From: got "yesterday evening".*24h/],
	[option('startFrom', '2026-02-30T00:00:00Z'), /^Start From: got "2026-02-30T00:00:00Z"/],
	[option('startFrom', '2126-01-01T00:00:00Z'), /^Start From: 2126-01-01.* lies in the future/],
	[option('startFrom', '={{ {} }}'), /^Start From: got /],
	[option('ignoreOwnChanges', 'perhaps'), /^Ignore Changes Made by This Credential: got "perhaps"/],
	[option('rawEvent', 1), /^Raw Event: got 1/],
	[filter('actorEmail', ''), /^Actor Email: got an empty text/],
	[filter('actorEmail', '={{ undefined }}'), /^Actor Email: got /],
	[filter('actorIp', '  '), /^Actor IP: got an empty text/],
	[filter('actorIp', '203.0.113.256'), /^Actor IP: got "203\.0\.113\.256".*CIDR/],
	[filter('actorIp', '203.0.113.0/33'), /^Actor IP: got /],
	[filter('actionType', 'destroy'), /^Action Type: got "destroy".*delete/],
	[filter('result', 'maybe'), /^Result: got "maybe".*failure/],
	[filter('productCategories', []), /^Product Category: nothing was given/],
	[filter('zone', locator('list', '')), /^Zone: nothing was chosen/],
	[filter('zone', locator('id', 'xyz')), /^Zone: got "xyz"/],
	[{ ...v1, ...filter('actionType', '') }, /^Action Type: got an empty text/],
	[{ account: locator('id', 'nobody') }, /^Account: got "nobody"/],
	[{ account: locator('id', '') }, /^Account: /],
];

describe('Bad values are refused before any request, with the name of the field', () => {
	test.each(cases)('%j', async (parameters, says) => {
		const trigger = new Watch(cf, parameters);
		const activation = await trigger.activate();
		const { thrown } = activation;
		expect(thrown).toMatchObject({ name: 'NodeOperationError' });
		const { message, description } = thrown as { message: string; description?: string };
		expect(`${message} ${description}`).toMatch(says);
		expect(activation.error?.message).toContain(message);
		expect(activation.calls).toEqual([]);
		// The editor's test says the same.
		const tested = await trigger.trigger.test();
		expect(errorText(tested)).toMatch(says);
		expect(cf.calls).toEqual([]);
		expect(trigger.trigger.state).toEqual({});
	});
});

test('a zone of another account is refused, with the name of its account', async () => {
	const zone = locator('id', seedIds.secondAccountZones['branch.example']);
	const turn = await new Watch(cf, { filters: { zone } }).activate();
	expect(errorText(turn)).toMatch(/Zone: branch\.example is in the account/);
});

test('a value that becomes bad while the workflow is active is thrown at each poll, and nothing is lost', async () => {
	const trigger = new Watch(cf);
	await trigger.activate();
	const entry = cf.state.audit.add({ time: time.now() + 1_000 });
	time.advance(MINUTE);
	const { state } = trigger.trigger;
	const changed = await trigger.change({ parameters: option('maxEvents', 0) });
	expect(errorText(changed)).toContain('Events per Poll: got 0');
	expect(trigger.trigger.saved).toEqual(state);
	expect((await trigger.change({ parameters: {} })).ids).toEqual([entry.ids.v2]);
});
