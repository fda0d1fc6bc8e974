// Writes the tables that the README takes from the code: operations and their permissions. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureDependencies, projectRoot, stepLogger } from './lib/project.mjs';

const log = stepLogger({});
const { values } = parseArgs({
	options: {
		check: { type: 'boolean', default: false },
		readme: { type: 'string', default: join(projectRoot, 'README.md') },
	},
});
const { check } = values;
await ensureDependencies({ log });
await ensureBuilt({ log });

const require = createRequire(import.meta.url);
const { resources } = require(
	join(projectRoot, 'dist/nodes/CloudflareSecurity/actions/registry.js'),
);

const cell = (text) => text.replaceAll('|', '\\|');
const permissions = ({ zone, account }) =>
	[...new Set([zone, account].filter(Boolean))].map(cell).join('<br>') || 'none';
const rows = resources.flatMap(({ name, operations }) =>
	operations.map(
		(operation) =>
			`| ${name} | ${operation.name} | ${cell(operation.description)} | ${permissions(operation.permission)} |`,
	),
);
const table = [
	'| Resource | Operation | What it does | Permission of the token |',
	'| --- | --- | --- | --- |',
	...rows,
].join('\n');

const file = values.readme;
const text = readFileSync(file, 'utf8');
const marked = /(<!-- operations: made by npm run docs -->)[\s\S]*?(<!-- end of operations -->)/;
if (!marked.test(text)) throw new Error('README.md lacks the marks around the table of operations');
const filled = text.replace(marked, (_all, start, end) => `${start}\n\n${table}\n\n${end}`);
// As prettier wants it, so that the check of the format passes.
const { format, resolveConfig } = require('prettier');
const next = await format(filled, {
	...(await resolveConfig(join(projectRoot, 'README.md'))),
	filepath: file,
});
if (check && next !== text) {
	log.fail(
		'The README does not list the operations as they are',
		'Run npm run docs and commit the change.',
	);
	process.exitCode = 1;
} else if (next !== text) {
	writeFileSync(file, next);
	log.note('README.md is up to date now');
}
