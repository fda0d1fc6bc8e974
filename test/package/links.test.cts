/** Every link between the documents leads somewhere, and so does the one under each error. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import GithubSlugger from 'github-slugger';
import { headlines } from '../../nodes/CloudflareSecurity/transport/errors';
import { helpFor } from '../../nodes/CloudflareSecurity/transport/help';
import { projectRoot } from '../support/engine/index.cjs';

const documents = [
	...readdirSync(projectRoot).filter((file) => file.endsWith('.md')),
	...readdirSync(join(projectRoot, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
];
const { homepage } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
	homepage: string;
};
const read = (document: string) =>
	readFileSync(join(projectRoot, document), 'utf8').replaceAll(/^```.*?^```/gms, '');

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(document: string): string[] {
	const slugger = new GithubSlugger();
	return [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		slugger.slug(heading.replaceAll(/[*_`]|\]\(.*?\)|\[/g, '')),
	);
}

/** Where the links of a document lead within the repository: from its root, with the anchor. */
const targetsOf = (document: string) =>
	[...read(document).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
		.map(([, link, tagged]) => link ?? tagged)
		.filter((link) => !/^[a-z]+:/.test(link))
		.map((link) => {
			const [path, anchor] = link.split('#');
			const file = path === '' ? document : join(dirname(document), decodeURI(path));
			return { link, file, anchor };
		});

test.each(documents)('%s: every link leads somewhere', (document) => {
	const lost = targetsOf(document).filter(
		({ file, anchor }) =>
			!existsSync(join(projectRoot, file)) || (anchor && !anchorsOf(file).includes(anchor)),
	);
	expect(lost).toEqual([]);
});

test('there are links to look at', () => {
	expect(targetsOf('README.md').filter(({ anchor }) => anchor).length).toBeGreaterThan(5);
});

test.each([
	...Object.values(headlines),
	'Messages about a field',
	'There is no event yet that matches',
])('the help of “%s” is an entry in the repository', (heading) => {
	const prefix = `${homepage}/blob/main/`;
	expect(helpFor(heading).startsWith(prefix)).toBe(true);
	const [file, anchor] = helpFor(heading).slice(prefix.length).split('#');
	expect(anchorsOf(relative('.', file))).toContain(anchor);
});
