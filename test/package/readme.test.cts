import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/engine/index.cjs';

const docs = join(projectRoot, 'scripts', 'docs.mjs');

/** Exit code of the check of a README. */
function check(readme: string): number {
	try {
		execFileSync(process.execPath, [docs, '--check', '--readme', readme], { stdio: 'pipe' });
		return 0;
	} catch (error) {
		return (error as { status: number }).status;
	}
}

test('the README lists the operations, their permissions and the event groups as the code declares them', () => {
	expect(check(join(projectRoot, 'README.md'))).toBe(0);
});

test.each([
	['a permission', 'Zone → Zone WAF → Edit<br>', 'Zone → Zone WAF → Read<br>'],
	['an event group', '| Members of the account,', '| Owners of the account,'],
])('%s that has changed is noticed', (_what, listed, other) => {
	const folder = mkdtempSync(join(tmpdir(), 'readme-'));
	try {
		const copy = join(folder, 'README.md');
		cpSync(join(projectRoot, 'README.md'), copy);
		const text = readFileSync(copy, 'utf8');
		expect(text).toContain(listed);
		writeFileSync(copy, text.replace(listed, other));
		expect(check(copy)).toBe(1);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
