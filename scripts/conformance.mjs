// npm run test:conformance: the tests that have the official SDK as their referee, and the table of what they compared.
// With --write, docs/conformance.md is made anew. Further arguments go to jest.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from './lib/runTests.mjs';

const given = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
const report = join(folder, 'report.txt');
try {
	const line = await runTests(
		['test/conformance', ...given.filter((argument) => argument !== '--write')],
		{ CONFORMANCE_REPORT: report, ...(given.includes('--write') && { CONFORMANCE_WRITE: 'yes' }) },
	);
	if (existsSync(report)) console.log(readFileSync(report, 'utf8'));
	console.log(line);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
