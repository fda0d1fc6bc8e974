import { blockAt } from '../../../nodes/CloudflareSecurity/actions/ipBlock/accessRuleBlock';
import { accountPlace } from '../../../nodes/CloudflareSecurity/actions/ipBlock/method';
import { hexId } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good, refused } from '../../support/fakeHost.cjs';
import { VirtualClock } from '../../support/virtualClock.cjs';

const place = accountPlace(hexId('a'.repeat(32), { field: 'Account' }));
const configuration = { target: 'ip', value: '45.1.2.3' } as const;
const wish = { configuration, notes: '[n8n-block; by Playbook]' };
const earlier = {
	id: 'b'.repeat(32),
	mode: 'block',
	configuration,
	notes: '[n8n-block; until 2030-01-01T00:00:00Z; by Another]',
	scope: { id: 'a'.repeat(32), type: 'account' },
};

/** Somebody else writes to the rule after each of our writes. */
const othersWrite = () =>
	fakeHost(({ method }) => {
		if (method === 'POST') return refused(400, [{ code: 10009, message: 'duplicate' }]);
		return good(method === 'GET' ? [earlier] : earlier);
	});

test.each([
	[0.25, 250],
	[0.75, 750],
])(
	'workers that meet again and again part by chance: at %s, each round from the third on begins %s ms later',
	async (chance, milliseconds) => {
		const clock = new VirtualClock(chance);
		const { host, requests } = othersWrite();
		const blocking = blockAt(clientOn(host, { clock }), place, wish);
		await expect(clock.run(blocking)).rejects.toThrow('somebody else works on it');
		const writes = requests.filter(({ method }) => method !== 'GET');
		expect(writes.map(({ method }) => method)).toEqual(['POST', ...Array(9).fill('PATCH')]);
		expect(clock.waits).toEqual(Array(writes.length - 2).fill(milliseconds));
	},
);
