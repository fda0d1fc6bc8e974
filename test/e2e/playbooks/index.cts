import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { describeAnalystPlaybook } from './analyst.suite.cjs';
import { describeDigestPlaybook } from './digest.suite.cjs';
import { describeFindPlaybook } from './findAddress.suite.cjs';
import { describePermissionSets } from './permissions.suite.cjs';
import { describeUnblockPlaybook } from './unblock.suite.cjs';
import { describeUnderAttackPlaybook } from './underAttack.suite.cjs';

/** The playbooks of examples/ that the demo does not play, and the permissions of all of them. */
export function describeMorePlaybooks(current: () => Sandbox): void {
	describeUnblockPlaybook(current);
	describeDigestPlaybook(current);
	describeFindPlaybook(current);
	describeUnderAttackPlaybook(current);
	describeAnalystPlaybook(current);
	describePermissionSets(current);
}
