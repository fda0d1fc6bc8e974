import { callLines, runNode, type Cloudflare } from './nodeTest.cjs';

/** What is wrong, the parameters, how the message starts, and what it says would be accepted. */
export type BadInput = [
	what: string,
	parameters: Record<string, unknown>,
	field: string,
	expected: string,
];

export const ID_EXPECTED = 'An ID of 32 hexadecimal characters';

/** Tests that each is refused before any request, with the field's name first and with what is expected. */
export function refuses(group: string, cloudflare: Cloudflare, cases: readonly BadInput[]): void {
	describe(group, () => {
		test.each(cases)('%s', async (_what, parameters, field, expected) => {
			const { error, items } = await runNode({ parameters });
			expect(callLines(cloudflare)).toEqual([]);
			expect(items).toEqual([]);
			expect(`${error?.message} ${error?.description}`).toContain(expected);
			expect(error?.message.slice(0, field.length)).toBe(field);
			expect(error?.context?.cloudflare).toMatchObject({ kind: 'input' });
		});
	});
}
