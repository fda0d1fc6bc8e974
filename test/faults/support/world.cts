import './frozenClock.cjs';
import { createCloudflare, type Cloudflare } from '../../../sandbox/cloudflare/index.cjs';
import { holdClock } from '../../support/engine/clock.cjs';
import {
	setDefaultCredentials,
	type RunNodeInput,
	type RunNodeResult,
	type TestCredential,
} from '../../support/engine/index.cjs';
import { runNode, sandboxCredentials, tokenCredential } from '../../support/nodeTest.cjs';
import type { OperationRun, Prepared } from '../../support/operationRuns/index.cjs';
import { expectNoSecret } from '../../support/secrets.cjs';
import { Normaliser } from './digest.cjs';
import { Front } from './front.cjs';
import { useTimeouts } from './timeouts.cjs';

export type Credential = 'token' | 'globalKey';

export const credentials: Readonly<Record<Credential, TestCredential>> = {
	token: tokenCredential(),
	globalKey: {
		type: 'cloudflareSecurityGlobalKeyApi',
		data: { ...sandboxCredentials.globalKey, accountId: '', zoneId: '' },
	},
};

const secrets = [sandboxCredentials.userToken, sandboxCredentials.globalKey.apiKey];

/** Where a secret is to be found in what a run gave. */
export function secretsIn(value: unknown): string[] {
	try {
		expectNoSecret(value, secrets);
		return [];
	} catch (error) {
		return [(error as Error).message];
	}
}

/** Longer than any bulk operation at the stand-in. */
const SETTLED = 60_000;
/** Real milliseconds. A run takes some hundred, one that waits five minutes for a list some thousand, on a busy machine more. */
const HANGS = 180_000;

/** A stand-in of its own for a test file, whose requests can be made to fail, and a clock that stands still. */
export interface World {
	cloudflare: Cloudflare;
	front: Front;
	normaliser: Normaliser;
	/** What was rejected without anybody looking. */
	rejections: unknown[];
	/** As it was at the beginning, with what a run needs. @returns what the node is run with */
	begin(run: Pick<OperationRun, 'prepare'>): Promise<Prepared>;
	/** One run in n8n's engine; undefined when it does not end. */
	run(
		prepared: Prepared,
		credential: Credential,
		more?: Partial<RunNodeInput>,
	): Promise<RunNodeResult | undefined>;
	/** Everything that can be changed, when all that goes on at the stand-in is done. */
	things(): string[];
}

export function useWorld(): World {
	let ahead = 0;
	const cloudflare = createCloudflare({ zones: 40, now: () => Date.now() + ahead });
	const front = new Front(cloudflare);
	const normaliser = new Normaliser(cloudflare);
	const rejections: unknown[] = [];
	const note = (reason: unknown) => void rejections.push(reason);
	let release: () => void = () => undefined;

	front.use();
	useTimeouts();
	beforeAll(() => {
		process.on('unhandledRejection', note);
		// For what prepares a run.
		setDefaultCredentials(credentials.token);
	});
	afterAll(() => {
		setDefaultCredentials(undefined);
		process.off('unhandledRejection', note);
		release();
	});

	return {
		cloudflare,
		front,
		normaliser,
		rejections,
		async begin(run) {
			release();
			release = holdClock();
			ahead = 0;
			rejections.length = 0;
			front.reset();
			cloudflare.reset();
			cloudflare.state.audit.mostPerPage = 100;
			// Longer than a look at it.
			cloudflare.state.lists.operationTime = 500;
			normaliser.reset();
			const prepared = await run.prepare(cloudflare);
			ahead += SETTLED;
			cloudflare.state.lists.settle();
			ahead = 0;
			front.reset();
			return prepared;
		},
		async run({ parameters: given, items }, credential, more) {
			// A few pages of events are enough.
			const parameters = { ...given, ...('lastAmount' in given && { lastAmount: 2 }) };
			let timer: NodeJS.Timeout | undefined;
			const hang = new Promise<undefined>((resolve) => {
				timer = setTimeout(() => resolve(undefined), HANGS);
			});
			const result = runNode({
				parameters: { authentication: credential, ...parameters },
				credentials: credentials[credential],
				items,
				...more,
			});
			try {
				return await Promise.race([result, hang]);
			} finally {
				clearTimeout(timer);
			}
		},
		things() {
			ahead += SETTLED;
			return normaliser.things();
		},
	};
}
