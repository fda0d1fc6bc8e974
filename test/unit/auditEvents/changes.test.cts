import fc from 'fast-check';
import { changesBetween, type Change } from '../../../nodes/CloudflareSecurity/auditEvents/changes';
import { pathText } from '../../../nodes/CloudflareSecurity/auditEvents/fieldPath';
import { applyChanges, readFieldPath } from '../../support/applyChanges.cjs';

/** As JSON has it: without -0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const json = fc.jsonValue({ maxDepth: 5 }).map(plain);
const container = fc
	.oneof(
		fc.dictionary(fc.string(), json, { maxKeys: 8 }),
		fc.array(json, { maxLength: 12 }),
		fc.dictionary(fc.constantFrom('a', 'b', 'c.d', 'e[0]', '__proto__', ''), fc.array(json)),
	)
	.map(plain);

/** Two values that have much in common, as an edit leaves them. */
const edited = fc
	.tuple(
		fc.array(json, { maxLength: 30 }),
		fc.array(fc.nat(40)),
		fc.array(fc.tuple(fc.nat(40), json)),
	)
	.map(([list, gone, come]) => {
		const after = list.filter((_, place) => !gone.includes(place));
		for (const [place, value] of come) after.splice(place % (after.length + 1), 0, value);
		return [
			{ list, same: 1 },
			{ list: after, same: 1 },
		] as const;
	});

describe('Differences of two values', () => {
	test('carried out on the old value, they give the new one', () => {
		fc.assert(
			fc.property(container, container, (before, after) => {
				const changes = changesBetween(JSON.stringify(before), JSON.stringify(after));
				expect(applyChanges(before, changes)).toEqual(after);
				expect(changes.length).toBeLessThanOrEqual(100);
			}),
			{ numRuns: 500 },
		);
		fc.assert(
			fc.property(edited, ([before, after]) => {
				const changes = changesBetween(JSON.stringify(before), JSON.stringify(after));
				expect(applyChanges(before, changes)).toEqual(after);
			}),
			{ numRuns: 500 },
		);
	});

	test('also through JSON, as items are stored', () => {
		fc.assert(
			fc.property(container, container, (before, after) => {
				const changes = plain(changesBetween(before, after)) as Change[];
				expect(applyChanges(before, changes)).toEqual(after);
			}),
		);
	});

	test('equal values have none, whatever the order of their members', () => {
		fc.assert(
			fc.property(json, (value) => {
				expect(changesBetween(JSON.stringify(value), JSON.stringify(value))).toEqual([]);
			}),
		);
		expect(changesBetween('{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}')).toEqual([]);
	});

	test('are never larger than what they were made of, give or take the names', () => {
		fc.assert(
			fc.property(container, container, (before, after) => {
				const changes = changesBetween(before, after);
				const values = changes.map(({ field: _field, ...values }) => values);
				const size = (value: unknown) => JSON.stringify(value).length;
				expect(size(values)).toBeLessThanOrEqual(
					size(before) + size(after) + changes.length * '{"before":,"after":},[]'.length + 2,
				);
			}),
		);
	});

	test('anything at all is taken', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), (before, after) => {
				expect(Array.isArray(changesBetween(before, after))).toBe(true);
			}),
		);
	});

	test.each<[what: string, before: unknown, after: unknown, changes: Change[]]>([
		['a setting', 'high', 'low', [{ field: '(whole value)', before: 'high', after: 'low' }]],
		['nothing', '', '', []],
		['nothing, as null', null, undefined, []],
		['a new text', '', 'on', [{ field: '(whole value)', after: 'on' }]],
		['a text that went', 'on', '', [{ field: '(whole value)', before: 'on' }]],
		[
			'a new record',
			'',
			'{"name":"a","on":true}',
			[
				{ field: 'name', after: 'a' },
				{ field: 'on', after: true },
			],
		],
		['a record that went', '{"name":"a"}', '', [{ field: 'name', before: 'a' }]],
		['an empty record that is new', '', '{}', [{ field: '(whole value)', after: {} }]],
		[
			'nested members',
			'{"settings":{"tls":{"min":"1.0"},"on":true}}',
			'{"settings":{"tls":{"min":"1.2"},"on":true},"extra":null}',
			[
				{ field: 'settings.tls.min', before: '1.0', after: '1.2' },
				{ field: 'extra', after: null },
			],
		],
		[
			'an element put in front',
			'{"ips":["b","c"]}',
			'{"ips":["a","b","c"]}',
			[{ field: 'ips[0]', after: 'a' }],
		],
		[
			'elements that went and came',
			'["a","b","c","d"]',
			'["a","x","c"]',
			[
				{ field: '[1]', before: 'b' },
				{ field: '[3]', before: 'd' },
				{ field: '[1]', after: 'x' },
			],
		],
		[
			'a member of an element',
			'{"rules":[{"id":1,"on":true},{"id":2,"on":true}]}',
			'{"rules":[{"id":1,"on":true},{"id":2,"on":false}]}',
			[{ field: 'rules[1].on', before: true, after: false }],
		],
		[
			'names that need quotes',
			'{"headers":{"x.y":1,"":2}}',
			'{"headers":{"x.y":3,"":4}}',
			[
				{ field: 'headers["x.y"]', before: 1, after: 3 },
				{ field: 'headers[""]', before: 2, after: 4 },
			],
		],
		['another kind', '[1]', '{"a":1}', [{ field: '(whole value)', before: [1], after: { a: 1 } }]],
		[
			'broken JSON',
			'{"a":',
			'{"a":1}',
			[{ field: '(whole value)', before: '{"a":', after: { a: 1 } }],
		],
		[
			'a member called __proto__',
			'{"__proto__":1}',
			'{"__proto__":2}',
			[{ field: '__proto__', before: 1, after: 2 }],
		],
	])('%s', (_what, before, after, changes) => {
		expect(changesBetween(before, after)).toEqual(changes);
	});

	test('what changed in more than 100 places is one change', () => {
		const list = (first: number) => Array.from({ length: 300 }, (_, index) => index + first);
		expect(changesBetween({ list: list(0) }, { list: list(1000) })).toEqual([
			{ field: 'list', before: list(0), after: list(1000) },
		]);
	});

	test('huge and deeply nested values are not taken apart', () => {
		const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
		expect(changesBetween(deep, '[]')).toEqual([
			{ field: '(whole value)', before: deep, after: [] },
		]);
		let nested: unknown = 1;
		for (let depth = 0; depth < 20_000; depth += 1) nested = { nested };
		expect(changesBetween(nested, 'x')).toHaveLength(1);
		const huge = JSON.stringify(Array.from({ length: 100_000 }, (_, index) => index));
		expect(changesBetween(huge, '[1]')).toEqual([
			{ field: '(whole value)', before: huge, after: [1] },
		]);
	});
});

test('a field path can be read back', () => {
	const part = fc.oneof(
		fc.string(),
		fc.nat(),
		fc.constantFrom('a.b', 'x[0]', '"', '(whole value)'),
	);
	fc.assert(
		fc.property(fc.array(part, { maxLength: 6 }), (path) => {
			expect(readFieldPath(pathText(path))).toEqual(path);
		}),
		{ numRuns: 500 },
	);
});
