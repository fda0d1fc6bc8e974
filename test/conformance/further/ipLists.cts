// IP lists by their ID.
import { locator, mainAccount, seedIds } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account } from '../sdkCalls/helpers.cjs';

const list = pairsOf('ipList', { account: mainAccount });

export const ipListPairs: readonly Pair[] = [
	list('get', 'by ID', { list: locator('id', seedIds.lists.officeNetwork) }, async (sdk) => {
		await sdk.rules.lists.list(account);
	}),
];
