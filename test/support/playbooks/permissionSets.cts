import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../engine/index.cjs';

const ROW = /^\| \[[^\]]+\]\(examples\/([\w-]+\.json)\) +\|[^|]*\| ([^|]+?) +\|$/gm;

/** Playbook → the permissions that the README promises to be enough, in the words of the dashboard. */
export function permissionSets(): Map<string, string[]> {
	const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
	return new Map([...readme.matchAll(ROW)].map(([, file, cell]) => [file, cell.split('<br>')]));
}

/** A permission in the words of the API, as tokens of the stand-in have it: "Zone → Zone WAF → Edit" is "Zone WAF Write". */
export function groupOf(permission: string): string {
	const [level, group, right] = permission.split(' → ');
	const name = group.startsWith('Security Center') ? `${level} ${group}` : group;
	return `${name} ${right === 'Edit' ? 'Write' : right}`;
}
