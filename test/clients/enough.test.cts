/** npm run test:clients does not pass with hardly anything installed. */
import { tooFew } from './enough.cjs';

const program = (name: string) => ({ name, packages: [name, `${name}-more`] });
const [one, two, three] = ['one', 'two', 'three'].map(program);

test('none', () => {
	const found = tooFew([], [one, two], false);
	expect(found?.problem).toBe('None of the programs is installed');
	expect(found?.whatToDo).toContain(
		'apt-get install --no-install-recommends one one-more two two-more',
	);
	expect(tooFew([], [one], true)).toBeDefined();
});

test('one of several', () => {
	const found = tooFew([one], [two, three], false);
	expect(found?.problem).toBe('Only one is installed: at least 2 programs have to do their jobs');
	expect(found?.whatToDo).toContain('two two-more three three-more ');
	expect(found?.whatToDo).toMatch(/or --only one$/);
});

test.each([
	['two of three', [one, two], [three], false],
	['one that was asked for', [one], [], true],
	['one of two that were asked for', [one], [two], true],
])('%s are enough', (_what, ran, missing, asked) => {
	expect(tooFew(ran, missing, asked)).toBeUndefined();
});
