import { Hono } from 'hono';
import { addBlockingControls } from './blockingControls.cjs';
import type { Cloudflare } from './cloudflare.cjs';
import { wouldBlock, type SandboxRequest } from './evaluator.cjs';
import type { Fault } from './faults.cjs';
import { addRecordControls } from './recordControls.cjs';
import { latest } from './rulesets/types.cjs';

type JsonFault = Fault & { match?: { pathRegex?: string } };

/** A fault as JSON can carry it: `match.pathRegex` in place of a RegExp. */
function fault(json: JsonFault): Fault {
	const { pathRegex, ...match } = json.match ?? {};
	return { ...json, match: { ...match, ...(pathRegex && { path: new RegExp(pathRegex) }) } };
}

/** The other way round. */
function asJson({ match, ...fault }: Fault): object {
	const { path, ...rest } = match ?? {};
	const where = path instanceof RegExp ? { pathRegex: path.source } : { path };
	return { ...fault, ...(match && { match: { ...rest, ...where } }) };
}

/** The sandbox's own interface: what happened, what is stored, what shall fail. Never part of the API. */
export function createControl(cloudflare: Cloudflare): Hono {
	const { state, calls, faults } = cloudflare;
	const app = new Hono().basePath('/__sandbox');
	app.get('/state', (context) =>
		context.json({
			accounts: [...state.accounts.values()].map(({ id, name, type }) => ({ id, name, type })),
			zones: state.zones.size,
			rulesets: [...state.rulesets.values()].map((record) => ({
				owner: record.owner,
				...latest(record),
			})),
			changes: state.changes.length,
			calls: calls.length,
		}),
	);
	app.get('/calls', (context) => context.json(calls));
	app.post('/reset', (context) => {
		cloudflare.reset();
		return context.json({ done: true });
	});
	app.post('/faults', async (context) => {
		const body = await context.req.json<JsonFault | JsonFault[]>();
		for (const each of Array.isArray(body) ? body : [body]) faults.add(fault(each));
		return context.json({ done: true });
	});
	app.get('/faults', (context) =>
		context.json(faults.report().map((each) => ({ ...each, fault: asJson(each.fault) }))),
	);
	app.delete('/faults', (context) => {
		faults.clear();
		return context.json({ done: true });
	});
	app.post('/request', async (context) => {
		const { zone, ...request } = await context.req.json<{ zone: string } & SandboxRequest>();
		const found = [...state.zones.values()].find(({ id, name }) => zone === id || zone === name);
		if (found === undefined) return context.json({ error: `There is no zone ${zone}` }, 404);
		return context.json(wouldBlock(state, found.id, request));
	});
	addRecordControls(app, state);
	addBlockingControls(app, state);
	app.onError((error, context) => context.json({ error: error.message }, 400));
	return app;
}
