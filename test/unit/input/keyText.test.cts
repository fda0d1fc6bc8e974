import { keyText } from '../../../nodes/CloudflareSecurity/input/keyText';

test('what reads the same has the same key', () => {
	expect(keyText(['zone', { mode: 'id' }])).toBe(keyText(['zone', { mode: 'id' }]));
	expect(keyText(['zone', 'a'])).not.toBe(keyText(['zone', 'b']));
	expect(keyText(undefined)).toBe(keyText(undefined));
});

test('what is no JSON is like nothing else, not even like itself', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;
	expect(new Set([keyText(circular), keyText(circular), keyText(1n)]).size).toBe(3);
});
