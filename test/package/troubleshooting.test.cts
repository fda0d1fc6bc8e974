/** Every message that the nodes word themselves has its entry in the help. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudflareSecurityGlobalKeyApi } from '../../credentials/CloudflareSecurityGlobalKeyApi.credentials';
import { CloudflareSecurityTokenApi } from '../../credentials/CloudflareSecurityTokenApi.credentials';
import { headlines } from '../../nodes/CloudflareSecurity/transport/errors';
import { projectRoot } from '../support/engine/index.cjs';

const help = readFileSync(join(projectRoot, 'docs', 'troubleshooting.md'), 'utf8');
const headings = [...help.matchAll(/^### (.+)$/gm)].map(([, text]) => text);
const cells = [...help.matchAll(/^\| (.+?) +\|/gm)].map(([, text]) => text);

test.each(Object.entries(headlines))('error of kind %s', (kind, headline) => {
	expect(headings).toContain(headline);
	const entry = help.split(`### ${headline}\n`)[1].split('\n### ')[0];
	expect(entry).toContain(`\`kind\`: \`${kind}\``);
});

const rules = [new CloudflareSecurityTokenApi(), new CloudflareSecurityGlobalKeyApi()].flatMap(
	({ test: { rules = [] } }) => rules.map(({ properties }) => properties.message),
);

test.each([...new Set(rules)])('credential test: %s', (message) => {
	expect(cells.filter((cell) => message.startsWith(cell))).not.toEqual([]);
});
