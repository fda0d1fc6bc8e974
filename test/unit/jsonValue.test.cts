import fc from 'fast-check';
import { InputError } from '../../nodes/CloudflareSecurity/input/inputError';
import { jsonObject, jsonValue } from '../../nodes/CloudflareSecurity/actions/jsonValue';

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([['no JSON'], [''], [undefined], [null], ['null'], [circular], [1n], [() => 1]])(
	'%p is refused with the field',
	(value) => {
		expect(() => jsonValue(value, 'Value (JSON)')).toThrow(InputError);
		expect(() => jsonValue(value, 'Value (JSON)')).toThrow(/^Value \(JSON\): got /);
	},
);

test('text and the value itself are the same', () => {
	fc.assert(
		fc.property(
			fc.jsonValue().filter((value) => value !== null && typeof value !== 'string'),
			(value) => {
				const sent = JSON.parse(JSON.stringify(value)) as unknown;
				expect(jsonValue(JSON.stringify(value), 'Value')).toEqual(sent);
				expect(jsonValue(value, 'Value')).toEqual(sent);
			},
		),
	);
});

test.each(['[]', '1', circular])('%p is no object', (value) => {
	expect(() => jsonObject(value, 'Definition')).toThrow(InputError);
});
