import { parseNetwork, type IpNetwork } from '../../../nodes/CloudflareSecurity/firewall/ipAddress';
import { accountPlace } from '../../../nodes/CloudflareSecurity/actions/ipBlock/method';
import { unblockedPresenter } from '../../../nodes/CloudflareSecurity/actions/ipBlock/presentUnblocked';
import { NOTHING_READ } from '../../../nodes/CloudflareSecurity/actions/ipBlock/survey/survey';
import type {
	PlaceFailure,
	Removal,
} from '../../../nodes/CloudflareSecurity/actions/ipBlock/unblockJob';
import type {
	Target,
	UnblockRequest,
} from '../../../nodes/CloudflareSecurity/actions/ipBlock/unblockRequest';
import { hexId } from '../../../nodes/CloudflareSecurity/transport/path';
import { expectInProportion } from '../../support/proportion.cjs';

const net = (text: string): IpNetwork => parseNetwork(text)!;
const place = accountPlace(hexId('a'.repeat(32), { field: 'Account' }));
const targetOf = (network: IpNetwork): Target => ({
	subject: { input: '', network, notes: [] },
	network,
	wanted: [network],
});
const removalOf = (network: IpNetwork, id: string): Removal => ({
	id,
	network,
	facts: { id },
	request: {},
});
const request = { method: 'accessRule', list: '', dryRun: false } as UnblockRequest;

function present(
	targets: readonly Target[],
	{ removals = [], failures = [] }: { removals?: Removal[]; failures?: PlaceFailure[] },
) {
	const unblocked = { places: [place], survey: NOTHING_READ, removals, failures };
	const gone = new Set(removals.map(({ id }) => id));
	const presented = unblockedPresenter(unblocked, gone);
	return targets.map((target) => presented(target, request));
}

describe('what came of unblocking', () => {
	it('names what was removed of the network and of wider ones, in the order of the removals', () => {
		const removals = ['45.1.2.3', '45.1.0.0/16', '45.1.2.4', '45.1.2.3', '45.1.2.0/24'].map(
			(text, index) => removalOf(net(text), String(index)),
		);
		const records = present([targetOf(net('45.1.2.3')), targetOf(net('::ffff:45.1.2.4'))], {
			removals,
		});
		const ids = records.map(({ removed }) =>
			(removed as Array<{ id: string }>).map(({ id }) => id),
		);
		expect(ids).toEqual([
			['0', '1', '3', '4'],
			['1', '2', '4'],
		]);
	});

	it('takes no look at all removals and failures for each address', () => {
		const error = new Error('not allowed');
		expectInProportion((size) => {
			const networks = Array.from(
				{ length: size },
				(_, index): IpNetwork => ({ version: 4, address: BigInt(index), prefix: 32 }),
			);
			const targets = networks.map(targetOf);
			const removals = networks.map((network, index) => removalOf(network, String(index)));
			const failures = networks.map((network) => ({ place, network, error }));
			return () => {
				const records = present(targets, { removals, failures });
				expect(records.every(({ removed }) => (removed as unknown[]).length === 1)).toBe(true);
				expect(records.every(({ outcome }) => outcome === 'stillBlocked')).toBe(true);
			};
		}, 20_000);
	});
});
