/** For a whole test file: the tiny package's trigger, and the answers that it gets. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import {
	createTrigger,
	projectRoot,
	setDefaultCredentials,
	type Trigger,
	type TriggerInput,
} from './index.cjs';

// Below node_modules, so that the package finds the project's n8n-workflow.
const cache = join(projectRoot, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const packageFolder = mkdtempSync(join(cache, 'trigger-test-'));
afterAll(() => rmSync(packageFolder, { recursive: true, force: true }));
cpSync(join(__dirname, 'tinyPackage'), packageFolder, { recursive: true });
writeFileSync(
	join(packageFolder, 'package.json'),
	JSON.stringify({
		name: 'n8n-nodes-tiny',
		version: '1.0.0',
		n8n: {
			n8nNodesApiVersion: 1,
			nodes: ['TinyTrigger.node.cjs'],
			credentials: ['CloudflareSecurityTokenApi.credentials.cjs'],
		},
	}),
);

export const SECRET = 'tiny-secret-0002';

beforeAll(() => {
	nock.disableNetConnect();
	setDefaultCredentials({ type: 'cloudflareSecurityTokenApi', data: { apiToken: SECRET } });
});
afterEach(() => {
	const unused = nock.pendingMocks();
	nock.cleanAll();
	expect(unused).toEqual([]);
});
afterAll(() => nock.restore());

export const make = ({ parameters = {}, ...more }: Partial<TriggerInput> = {}): Trigger =>
	createTrigger({ packageFolder, nodeType: 'tinyTrigger', parameters, ...more });
export const api = (): nock.Scope => nock('https://api.cloudflare.com');
/** The answers to the next polls: things that are emitted, nothing, or a refusal. */
export const answers = (...replies: Array<string[] | 403>): void => {
	for (const reply of replies) {
		const scope = api().get('/get');
		if (reply === 403) scope.reply(403, {});
		else scope.reply(200, reply);
	}
};
/** The tiny trigger's state after so many polls. */
export const polls = (count: number): { polls: number } => ({ polls: count });
