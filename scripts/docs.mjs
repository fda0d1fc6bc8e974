// Writes the tables that the README takes from the code: operations with their permissions, and event groups. `--check`
// only compares.
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
const built = (file) => require(join(projectRoot, 'dist/nodes/CloudflareSecurity', file));
const { resources } = built('actions/registry.js');
const { eventGroups } = built('auditEvents/groups.js');

const cell = (text) => text.replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.join(' | ')} |`;
const permissions = ({ zone, account }) =>
	[...new Set([zone, account].filter(Boolean))].map(cell).join('<br>') || 'none';

/** Where a parameter chooses what is needed, the rights of each of its choices that needs others. */
function needs({ fields, permission, permissionBy }) {
	if (!permissionBy) return permissions(permission);
	const { options } = fields.find(({ name }) => name === permissionBy.parameter);
	const others = options
		.map(({ name, value }) => [name, permissions(permissionBy.needs[value])])
		.filter(([, rights]) => rights !== permissions(permission))
		.map(([name, rights]) => `with ${name}:<br>${rights}`);
	return [permissions(permission), ...others].join('<br>');
}

/** What stands between the marks of that name in the README. */
const tables = {
	operations: [
		row('Resource', 'Operation', 'What it does', 'Permission of the token'),
		row('---', '---', '---', '---'),
		...resources.flatMap(({ name, operations }) =>
			operations.map((operation) =>
				row(name, operation.name, cell(operation.description), needs(operation)),
			),
		),
	],
	groups: [
		row('Trigger On', 'Starts the playbook for'),
		row('---', '---'),
		...eventGroups.map(({ name, catches }) => row(name, cell(catches))),
	],
};

function withTable(text, [name, rows]) {
	const marked = new RegExp(
		`(<!-- ${name}: made by npm run docs -->)[^]*?(<!-- end of ${name} -->)`,
	);
	if (!marked.test(text)) throw new Error(`README.md lacks the marks around the table of ${name}`);
	return text.replace(marked, (_all, start, end) => `${start}\n\n${rows.join('\n')}\n\n${end}`);
}

const file = values.readme;
const text = readFileSync(file, 'utf8');
const filled = Object.entries(tables).reduce(withTable, text);
// As prettier wants it, so that the check of the format passes.
const { format, resolveConfig } = require('prettier');
const next = await format(filled, {
	...(await resolveConfig(join(projectRoot, 'README.md'))),
	filepath: file,
});
if (check && next !== text) {
	log.fail(
		'The README does not list the operations or event groups as they are',
		'Run npm run docs and commit the change.',
	);
	process.exitCode = 1;
} else if (next !== text) {
	writeFileSync(file, next);
	log.note('README.md is up to date now');
}
