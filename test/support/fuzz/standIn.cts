/** The catalogue of runs on a small stand-in, each made ready again only after something was changed. */
import { CloudflareSecurity } from '../../../nodes/CloudflareSecurity/CloudflareSecurity.node';
import { useCloudflare, type Cloudflare } from '../nodeTest.cjs';
import { nameOf, type OperationRun } from '../operationRuns/index.cjs';
import { formOf, withDefaults, type Parameters } from './fields.cjs';
import { runLight, type LightRun, type Sent, type Tamper } from './lightHost.cjs';
import type { Problem } from './oracle.cjs';
import { routeOf } from './routes.cjs';

export const { description } = new CloudflareSecurity();

/** Large enough for pages to follow one another, and without a quota that the inputs would use up. */
export const useSmallCloudflare = (): Cloudflare =>
	useCloudflare({
		zones: 8,
		accounts: 1,
		insights: 25,
		accessApps: 6,
		alerts: 10,
		rateLimit: { quota: 1_000_000_000, windowSeconds: 300 },
		now: () => Date.now(),
	});

export interface ReadyRun {
	run: OperationRun;
	name: string;
	/** As the form holds them, with the defaults of what is shown. */
	parameters: Parameters;
	/** Milliseconds to make it ready: some are blocks that must be there first. */
	cost: number;
}

/** Prepares the runs one after the other, and again only where needed. */
export class Bench {
	private current?: ReadyRun;
	private isTouched = false;

	constructor(readonly cloudflare: Cloudflare) {}

	async ready(run: OperationRun): Promise<ReadyRun> {
		if (this.current?.run === run && !this.isTouched) return this.current;
		const startedAt = performance.now();
		this.cloudflare.reset();
		const { parameters } = await run.prepare(this.cloudflare);
		const given = { authentication: 'token', ...parameters };
		this.current = {
			run,
			name: nameOf(run),
			parameters: withDefaults(given, formOf(description, run.resource, run.operation)),
			cost: performance.now() - startedAt,
		};
		this.isTouched = false;
		return this.current;
	}

	/** Runs the node, and notes whether anything was changed. */
	async execute(
		parameters: Parameters,
		tamper?: Tamper,
	): Promise<LightRun<Array<Array<{ json: unknown }>>>> {
		this.cloudflare.calls.length = 0;
		const node = new CloudflareSecurity();
		const outcome = await runLight(
			this.cloudflare,
			{ parameters, tamper },
			async (context) => await node.execute.call(context),
		);
		if (outcome.sent.some(({ method }) => method !== 'GET')) this.isTouched = true;
		return outcome;
	}
}

export const isWrite = ({ method }: Sent): boolean => method !== 'GET';
const routeOfSent = ({ method = 'GET', url }: Sent): string =>
	routeOf(method, url) ?? `${method} ${url}`;

/** Reads that every operation may need, to find what a field names. */
const LOOK_UPS = ['GET /zones', 'GET /zones/:zone_id', 'GET /accounts', 'GET /ips'];

/** What no clean run of the catalogue needs. */
const FURTHER = [
	// The first rule of a phase makes the ruleset.
	'rulesetRule:upsert POST /zones/:zone_id/rulesets',
	// A version that has moved on since the rule was read: somebody may have changed the rule in between.
	'rulesetRule GET /zones/:zone_id/rulesets/:ruleset_id/versions/:version',
	// A POST that was repeated although it had taken effect: of two rules with one ref the second is taken back.
	'rulesetRule:create DELETE /zones/:zone_id/rulesets/:ruleset_id/rules/:rule_id',
	'rulesetRule:upsert DELETE /zones/:zone_id/rulesets/:ruleset_id/rules/:rule_id',
	'ipBlock:block DELETE /zones/:zone_id/rulesets/:ruleset_id/rules/:rule_id',
	// An application that comes without its policies.
	'accessApplication GET /accounts/:account_id/access/apps/:app/policies',
];

/**
 * Which endpoints the operations use: of its own catalogue runs for what changes something, of the resource's for
 * what reads.
 */
export class KnownRoutes {
	private readonly known = new Set<string>([...LOOK_UPS, ...FURTHER]);

	add({ resource, operation }: OperationRun, sent: readonly Sent[]): void {
		for (const one of sent) {
			this.known.add(`${isWrite(one) ? `${resource}:${operation}` : resource} ${routeOfSent(one)}`);
		}
	}

	allows({ resource, operation }: OperationRun, route: string): boolean {
		const owner = route.startsWith('GET ') ? resource : `${resource}:${operation}`;
		const other = swapped(route);
		return [route, `${owner} ${route}`, `${owner} ${other}`].some((one) => this.known.has(one));
	}
}

/** The same endpoint at the other level: most exist for a zone and for an account. */
const swapped = (route: string): string =>
	route.includes('/zones/:zone_id')
		? route.replace('/zones/:zone_id', '/accounts/:account_id')
		: route.replace('/accounts/:account_id', '/zones/:zone_id');

/** Failures that nobody waited for, since this was last asked. */
export function watchRejections(): () => Problem[] {
	const found: Problem[] = [];
	const note = (reason: unknown) =>
		void found.push({ kind: 'crash', text: `nobody waited for ${String(reason)}` });
	beforeAll(() => void process.on('unhandledRejection', note));
	afterAll(() => void process.off('unhandledRejection', note));
	return () => found.splice(0);
}
