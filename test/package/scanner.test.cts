/** `npm run lint` relies on n8n's scanner, which passes what it does not look at: here it has to object. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from './packed.cjs';

// Outside of the project, because eslint passes over everything below node_modules.
const folder = mkdtempSync(join(tmpdir(), 'scanned-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function scan(kind: 'source' | 'tarball', name: string, files: Record<string, string>) {
	const target = join(folder, name);
	mkdirSync(target);
	for (const [file, text] of Object.entries(files)) {
		mkdirSync(dirname(join(target, file)), { recursive: true });
		writeFileSync(join(target, file), text);
	}
	if (Object.keys(files).length > 0) {
		cpSync(join(projectRoot, 'package.json'), join(target, 'package.json'));
	}
	const script = join(projectRoot, 'scripts', 'lib', 'scan.mjs');
	return spawnSync(process.execPath, [script, target, kind], {
		encoding: 'utf8',
		env: { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder },
	});
}

const noisy = '/* eslint-disable */\nconsole.log(1);\n';

test('the scanner objects to a console call in the source, also where eslint is told off', () => {
	const { status, stdout } = scan('source', 'source', { 'nodes/A/a.ts': noisy });
	expect(stdout).toContain('no-console');
	expect(status).toBe(1);
});

test('the scanner objects to a console call in the packed code', () => {
	const { status, stdout } = scan('tarball', 'tarball', { 'dist/nodes/A/a.js': noisy });
	expect(stdout).toContain('no-console');
	expect(status).toBe(1);
});

test('a folder without anything to scan does not pass', () => {
	const { status, stdout } = scan('source', 'nothing', {});
	expect(stdout).toContain('No files found');
	expect(status).toBe(1);
});
