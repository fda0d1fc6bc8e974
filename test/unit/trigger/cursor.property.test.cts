import {
	findViolation,
	HISTORIES,
	properties,
	type PropertyName,
} from '../../support/trigger/violations.cjs';

const names = Object.keys(properties) as PropertyName[];

describe('The trigger, in any course of events', () => {
	test.each(names)(
		'%s',
		async (name) => {
			const { found, tried } = await findViolation(name);
			expect(found).toBeUndefined();
			expect(tried).toBe(HISTORIES);
		},
		900_000,
	);
});
