import { interceptWithNock } from '../../sandbox/fronts/nock.cjs';
import {
	createCloudflare,
	sandboxCredentials,
	seedIds,
	type Cloudflare,
	type CloudflareOptions,
} from '../../sandbox/cloudflare/index.cjs';
import {
	runNode,
	setDefaultCredentials,
	type RunNodeInput,
	type RunNodeResult,
	type TestCredential,
} from './engine/index.cjs';

export {
	createTrigger,
	moveTime,
	runListSearch,
	runLoadOptions,
	runNode,
} from './engine/index.cjs';
export { sandboxCredentials, seedIds, type Cloudflare } from '../../sandbox/cloudflare/index.cjs';

/** A token credential as the form saves it. */
export const tokenCredential = (
	differences: Partial<Record<'apiToken' | 'accountId' | 'zoneId', string>> = {},
): TestCredential => ({
	type: 'cloudflareSecurityTokenApi',
	data: {
		apiToken: sandboxCredentials.userToken,
		ownedBy: 'automatic',
		accountId: '',
		zoneId: '',
		...differences,
	},
});

/**
 * For a whole test file: a stand-in in front of the API, fresh before each test, and a token that may do everything.
 * @param spoil what reaches the node in place of the answer, for failures that the stand-in has no fault for
 */
export function useCloudflare(
	options?: CloudflareOptions,
	spoil: (request: Request, response: Response) => Response | Promise<Response> = (
		_request,
		response,
	) => response,
): Cloudflare {
	const cloudflare = createCloudflare(options);
	const fetch = async (request: Request) => await spoil(request, await cloudflare.fetch(request));
	let front: { restore(): void } | undefined;
	beforeAll(() => {
		front = interceptWithNock({ fetch });
		setDefaultCredentials(tokenCredential());
	});
	beforeEach(() => cloudflare.reset());
	afterAll(() => {
		front?.restore();
		setDefaultCredentials(undefined);
	});
	return cloudflare;
}

/** A resource locator as a workflow file holds it. */
export const locator = (mode: 'list' | 'id' | 'name', value: unknown) => ({
	__rl: true,
	mode,
	value,
});

/** One line for each call: `GET /zones 200`. */
export const callLines = ({ calls }: Cloudflare): string[] =>
	calls.map(({ method, path, status }) => `${method} ${path} ${status}`);

/** The lines of the calls since this was last asked, e.g. what one poll cost. */
export function takeCalls(cloudflare: Cloudflare): string[] {
	const lines = callLines(cloudflare);
	cloudflare.calls.length = 0;
	return lines;
}

/** The query of a call without its paging. */
export const filtersOf = (call: { query: Array<[string, string]> }): Record<string, string> =>
	Object.fromEntries(call.query.filter(([name]) => name !== 'page' && name !== 'per_page'));

/** The `json` of the first output's items; fails when the run failed. */
export function jsonOf({ items, error }: RunNodeResult): Array<Record<string, unknown>> {
	if (error) throw error;
	return items.map(({ json }) => json);
}

/** Runs the node with these parameters and gives the output; fails when the run fails. */
export async function output(
	parameters: Record<string, unknown>,
	more: Omit<RunNodeInput, 'parameters'> = {},
): Promise<Array<Record<string, unknown>>> {
	return jsonOf(await runNode({ parameters, ...more }));
}

/** What the user reads when a run fails, as one text; fails when it did not. */
export async function refusal(
	parameters: Record<string, unknown>,
	more: Omit<RunNodeInput, 'parameters'> = {},
): Promise<string> {
	const { error, items } = await runNode({ parameters, ...more });
	if (!error) throw new Error(`It was not refused: ${JSON.stringify(items)}`);
	return [error.message, error.description].filter(Boolean).join(' ');
}

export const exampleCom = locator('name', 'example.com');
export const mainAccount = locator('id', seedIds.mainAccount);
