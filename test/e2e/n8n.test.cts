import { readPreparation } from '../../sandbox/n8n/preparation.cjs';
import { type Sandbox, startSandbox } from '../../sandbox/n8n/sandbox.cjs';
import { describeCredentialTests } from './credentials.suite.cjs';
import { describeEditor } from './editor/editor.suite.cjs';
import { describeExpiryPlaybook } from './expiryPlaybook.suite.cjs';
import { describeFirstPlaybook } from './firstPlaybook.suite.cjs';
import { describePickers } from './pickers.suite.cjs';
import { describePlaybook } from './playbook.suite.cjs';
import { describeMorePlaybooks } from './playbooks/index.cjs';
import { describeSecrecy } from './secrecy.suite.cjs';
import { describeTrigger } from './trigger.suite.cjs';
import { describeWatchPlaybook } from './watchPlaybook.suite.cjs';

const START_MS = 300_000;

// Starting n8n takes longer than all that follows, so one serves every suite.
describe('the package in a real n8n', () => {
	let sandbox: Sandbox | undefined;
	const current = () => {
		if (!sandbox) throw new Error('n8n has not started');
		return sandbox;
	};

	beforeAll(async () => {
		sandbox = await startSandbox(readPreparation());
	}, START_MS);

	afterAll(async () => {
		await sandbox?.stop();
	}, START_MS);

	describePlaybook(current);
	describeFirstPlaybook(current);
	describeExpiryPlaybook(current);
	describeWatchPlaybook(current);
	describeMorePlaybooks(current);
	describeCredentialTests(current);
	describePickers(current);
	describeTrigger(current);
	describeEditor(current);
	// Last: it looks at what the others have left behind.
	describeSecrecy(current);
});
