import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { readPreparation } from '../../sandbox/n8n/preparation.cjs';

const DEMO = join(__dirname, '..', '..', 'scripts', 'demo.mjs');
const NOBODY_LISTENS = 'http://127.0.0.1:9';
const MINUTES_10 = 600_000;
const MINUTES_11 = 660_000;

interface Outcome {
	code: number | string | null | undefined;
	stdout: string;
	stderr: string;
}

const runDemo = async (args: string[], env: NodeJS.ProcessEnv): Promise<Outcome> =>
	await new Promise((resolve) => {
		execFile(
			process.execPath,
			[DEMO, ...args],
			{ env: { ...process.env, ...env }, timeout: MINUTES_10 },
			(error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }),
		);
	});

describe('the demo where the environment is against it', () => {
	it(
		'works with dead proxies, no network and an unwritable home, given a cache folder',
		async () => {
			const dead = Object.fromEntries(
				['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map(
					(name) => [name, NOBODY_LISTENS],
				),
			);
			const { code, stdout, stderr } = await runDemo(
				['--json', '--cache-dir', readPreparation().cache],
				{ ...dead, HOME: '/proc/nowhere', npm_config_registry: NOBODY_LISTENS },
			);
			expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
			expect(stdout.trim().split('\n')).toHaveLength(1);
			expect(JSON.parse(stdout)).toMatchObject({ success: true, othersUnchanged: true });
			expect(stderr).not.toContain('Installing');
		},
		MINUTES_11,
	);

	it('names the option when the home folder cannot be written', async () => {
		const { code, stderr } = await runDemo([], { HOME: '/proc/nowhere', XDG_CACHE_HOME: '' });
		expect(code).toBe(1);
		expect(stderr).toContain('--cache-dir');
	});
});
