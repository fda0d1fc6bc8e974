import type { Hono } from 'hono';
import type { AuditTrail, Burst } from './audit/trail.cjs';
import type { State } from './state.cjs';

type Switches = Partial<
	Pick<AuditTrail, 'cursorPlace' | 'delay' | 'ties' | 'includes' | 'mostPerPage' | 'callerAddress'>
>;

// A record, so that the compiler keeps it complete.
const SWITCHES: Record<keyof Switches, true> = {
	cursorPlace: true,
	delay: true,
	ties: true,
	includes: true,
	mostPerPage: true,
	callerAddress: true,
};

/** What the control interface offers for DNS records and audit logs. */
export function addRecordControls(app: Hono, state: State): void {
	app.post('/dns/fill', async (context) => {
		const { zone, count } = await context.req.json<{ zone: string; count: number }>();
		const found = [...state.zones.values()].find(({ id, name }) => zone === id || zone === name);
		if (found === undefined) return context.json({ error: `There is no zone ${zone}` }, 404);
		state.dns.fill(found.id, count);
		return context.json({ records: state.dns.recordsOf(found).size });
	});
	app.put('/audit', async (context) => {
		const switches = await context.req.json<Switches>();
		const unknown = Object.keys(switches).find((name) => !Object.hasOwn(SWITCHES, name));
		if (unknown !== undefined) throw new Error(`Unknown switch ${unknown}`);
		Object.assign(state.audit, switches);
		return context.json({ done: true });
	});
	app.post('/audit', async (context) => {
		const burst = await context.req.json<Burst>();
		return context.json({ ids: state.audit.burst(burst).map(({ ids }) => ids) });
	});
}
