import fc from 'fast-check';
import {
	eventHash,
	packSeen,
	unpackSeen,
} from '../../../nodes/CloudflareSecurity/trigger/seenEvents';

const seen = fc
	.array(fc.tuple(fc.uuid().map(eventHash), fc.integer({ min: 0, max: 86_400 })), { maxLength: 50 })
	.map((entries) => new Map(entries));

describe('Remembered events', () => {
	it('come back as they were, in less than 15 characters each', () => {
		fc.assert(
			fc.property(seen, fc.integer({ min: 0, max: 4e9 }), (offsets, mark) => {
				const events = new Map([...offsets].map(([hash, offset]) => [hash, mark + offset]));
				const text = packSeen(events, mark);
				expect(unpackSeen(text, mark)).toEqual(events);
				expect(text.length).toBeLessThanOrEqual(events.size * 15 + 3);
			}),
		);
	});

	it('are told apart by their ids', () => {
		const hashes = new Set(Array.from({ length: 20_000 }, (_, index) => eventHash(`${index}`)));
		expect(hashes.size).toBe(20_000);
	});

	it.each([
		['cut off', (text: string) => text.slice(0, -4)],
		['with something behind it', (text: string) => `${text}AAAA`],
		['with other signs', (text: string) => `!${text.slice(1)}`],
		['with blanks', (text: string) => ` ${text}`],
		['in another alphabet', (text: string) => `${text.slice(0, -1)}_`],
	])('are not read from a text that is %s', (_, damage) => {
		const text = packSeen(new Map([[eventHash('a'), 5]]), 0);
		expect(unpackSeen(damage(text), 0)).toBeUndefined();
	});

	it('never bring down what reads them', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const events = unpackSeen(text, 0);
				expect(events === undefined || packSeen(events, 0).length === text.length).toBe(true);
			}),
		);
	});
});
