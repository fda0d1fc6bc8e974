import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../engine/index.cjs';

/** What the README's section "Your first playbook" tells its reader to do. */
export interface FirstPlaybook {
	/** The permissions of the token, in the words of the dashboard. */
	permissions: string[];
	/** File name of the playbook in examples/. */
	file: string;
	/** The request of its curl command. */
	command: { url: string; headers: Record<string, string>; body: string };
}

/**
 * @param fill what the reader puts in for the words in capitals, such as YOUR-DOMAIN
 * @throws when the section is not as expected, or a word in capitals is left
 */
export function readFirstPlaybook(fill: Readonly<Record<string, string>>): FirstPlaybook {
	const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
	const section = /^## Your first playbook\n(.*?)^## /ms.exec(readme)?.[1] ?? '';
	const file = /\]\(examples\/([\w-]+\.json)\)/.exec(section)?.[1];
	const template = /^ *curl .*?\n *```/ms.exec(section)?.[0].replace(/\\\n/g, ' ');
	if (!file || !template) throw new Error('The section names no playbook or no command');
	const filled = Object.entries(fill).reduce(
		(text, [word, value]) => text.replaceAll(word, value),
		template,
	);
	if (filled.includes('YOUR-')) throw new Error(`What is to be put in here? ${filled}`);
	const quoted = (option: string) =>
		[...filled.matchAll(new RegExp(`${option} '([^']*)'`, 'g'))].map(([, value]) => value);
	return {
		permissions: [...section.matchAll(/\*\*(\w+ → [^*]+)\*\*/g)].map(([, words]) =>
			words.replace(/\s+/g, ' '),
		),
		file,
		command: {
			url: quoted('-X POST')[0],
			headers: Object.fromEntries(quoted('-H').map((line) => line.split(/: /, 2))),
			body: quoted('-d')[0],
		},
	};
}
