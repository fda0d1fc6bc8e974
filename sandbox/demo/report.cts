import Table from 'cli-table3';
import type { BlockedAddress, Rule } from './observe.cjs';
import type { LogEntry } from './watch.cjs';

/** One request as a visitor sends it, and whether the rules let it through. */
export interface Verdict {
	who: string;
	address: string;
	before: boolean;
	after: boolean;
}

const WIDTH = 36;

const shorten = (text: string) =>
	text.length > 2 * WIDTH ? `${text.slice(0, 2 * WIDTH - 1)}…` : text;

export function rulesTable(title: string, rules: Rule[], added: Rule[] = []): string {
	const isNew = new Set(added.map(({ id }) => id));
	const table = new Table({
		head: ['', 'Action', 'Expression', 'Description', 'On'],
		colWidths: [5, 19, WIDTH + 2, WIDTH + 2, 5],
		wordWrap: true,
		style: { head: [], border: [] },
	});
	for (const { id, action, expression, description = '', enabled = true } of rules)
		table.push([
			isNew.has(id) ? 'NEW' : '',
			action,
			expression,
			description,
			enabled ? 'yes' : 'no',
		]);
	if (rules.length === 0) table.push([{ colSpan: 5, content: '(no rules)' }]);
	return `${title}\n${table.toString()}`;
}

const passage = (blocked: boolean) => (blocked ? 'BLOCKED' : 'gets through');

export function trafficTable(request: string, verdicts: Verdict[]): string {
	const table = new Table({
		head: ['Request from', 'Address', 'Before', 'After'],
		style: { head: [], border: [] },
	});
	for (const { who, address, before, after } of verdicts)
		table.push([who, address, passage(before), passage(after)]);
	return `${request}\n${table.toString()}`;
}

export function fieldsTable(title: string, fields: object): string {
	const table = new Table({ style: { head: [], border: [] } });
	for (const [name, value] of Object.entries(fields))
		table.push({ [name]: shorten(typeof value === 'string' ? value : JSON.stringify(value)) });
	return `${title}\n${table.toString()}`;
}

/** The list that the playbooks block with. */
export function listTable(title: string, entries: readonly BlockedAddress[]): string {
	const table = new Table({
		head: ['Address', 'Comment'],
		colWidths: [16, 2 * WIDTH],
		wordWrap: true,
		style: { head: [], border: [] },
	});
	for (const { address, comment } of entries) table.push([address, comment]);
	if (entries.length === 0) table.push([{ colSpan: 2, content: '(empty)' }]);
	return `${title}\n${table.toString()}`;
}

/** What the audit log has, and which of it started the playbook. */
export function logTable(title: string, entries: LogEntry[]): string {
	const table = new Table({
		head: ['Time', 'Who', 'API token', 'What', 'Reported by the playbook'],
		style: { head: [], border: [] },
	});
	for (const { time, who, credential, what, isOwn, reported } of entries)
		table.push([time, who, credential, what, reported ? 'YES' : isOwn ? 'no: own change' : 'NO']);
	return `${title}\n${table.toString()}`;
}
