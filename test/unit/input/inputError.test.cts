import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import type { IpList } from '../../../nodes/CloudflareSecurity/ipLists/ipList';
import { pickList } from '../../../nodes/CloudflareSecurity/targets/ipList';

const list = (change: Record<string, unknown>) =>
	({ id: 'a'.repeat(32), name: 'blocklist', kind: 'ip', ...change }) as unknown as IpList;
const messageOf = (run: () => unknown): string => {
	try {
		run();
	} catch (error) {
		const { message, expected } = error as InputError;
		return `${message} ${expected}`;
	}
	throw new Error('It took it');
};

test('a sentence with an endless value is cut, and says so', () => {
	const error = new InputError('List', `${'x'.repeat(100_000)} is none`, 'y'.repeat(100_000));
	expect(error.message).toBe(`List: ${error.problem}`);
	expect(error.problem).toHaveLength(2_001);
	expect(error.problem).toMatch(/x…$/);
	expect(error.expected).toMatch(/^y{2000}…$/);
	expect(new InputError('List', 'got "x"', 'A list').message).toBe('List: got "x"');
});

test.each([
	['another kind', 'hostname', /: "hostname" /],
	['no kind', undefined, /: nothing /],
	['a record for a kind', { a: 1 }, /: \{"a":1\} /],
	['an endless kind', 'k'.repeat(100_000), /: "k{80}…" /],
])('a list of %s is named with it', (_what, kind, says) => {
	const message = messageOf(() => pickList([list({ kind })], { name: 'blocklist' }));
	expect(message).toMatch(says);
	expect(message).not.toContain('[object');
	expect(message.length).toBeLessThan(300);
});
