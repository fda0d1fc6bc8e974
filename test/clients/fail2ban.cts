import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
	sandboxCredentials,
	seedIds,
	wouldBlock,
	type AccessRule,
} from '../../sandbox/cloudflare/index.cjs';
import { startProgram, type RunningProgram } from '../../sandbox/n8n/process.cjs';
import { waitFor } from '../../sandbox/n8n/waitFor.cjs';
import { execute, type Place } from './place.cjs';
import type { Program } from './program.cjs';

const ACTIONS = '/etc/fail2ban/action.d';
const ZONE = 'example.com';
const OTHER_ZONE = 'example.net';
const PATIENCE_SECONDS = 30;
const { globalKey, userToken } = sandboxCredentials;

/** Jail → its action. The notes of the second are without spaces, which curl refuses in an address. */
const BY_KEY = `cloudflare[cfuser="${globalKey.email}", cftoken="${globalKey.apiKey}"]`;
const byToken = (jail: string): string =>
	`cloudflare-token[cfzone="${seedIds.zones[ZONE]}", cftoken="${userToken}", notes="Fail2Ban-${jail}"]`;
const JAILS: Readonly<Record<string, { action: string; banSeconds: number }>> = {
	everywhere: { action: BY_KEY, banSeconds: 3600 },
	shortly: { action: BY_KEY, banSeconds: 2 },
	shop: { action: byToken('shop'), banSeconds: 3600 },
	login: { action: byToken('login'), banSeconds: 3600 },
};

function configure(place: Place): string[] {
	const inFolder = (name: string) => join(place.folder, name);
	const [socket, pid, log] = ['socket', 'pid', 'fail2ban.log'].map(inFolder);
	place.write('config/fail2ban.conf', [
		'[DEFAULT]',
		'loglevel = DEBUG',
		`logtarget = ${log}`,
		`socket = ${socket}`,
		`pidfile = ${pid}`,
		'dbfile = :memory:',
		'dbpurgeage = 1d',
		'[Definition]',
		'allowipv6 = yes',
	]);
	place.write('config/filter.d/refused.conf', [
		'[Definition]',
		'failregex = ^ refused <HOST>$',
		'datepattern = ^%%Y-%%m-%%d %%H:%%M:%%S',
	]);
	const jails = Object.entries(JAILS).flatMap(([jail, { action, banSeconds }]) => [
		`[${jail}]`,
		'enabled = true',
		'backend = polling',
		'usedns = no',
		'filter = refused',
		'maxretry = 1',
		'findtime = 1h',
		`bantime = ${banSeconds}`,
		`logpath = ${place.write(`${jail}.log`, '')}`,
		`action = ${action}`,
	]);
	place.write('config/jail.conf', jails);
	symlinkSync(ACTIONS, inFolder('config/action.d'));
	return ['-c', inFolder('config'), '-s', socket, '-p', pid];
}

let server: RunningProgram | undefined;

/** Watches log files, and bans addresses that misbehave. */
export const fail2ban: Program = {
	name: 'fail2ban',
	packages: ['fail2ban', 'curl', 'jq'],
	async version(place) {
		const { stdout } = await place.run('fail2ban-server', ['--version']);
		const helpers = [await place.run('curl', ['--version']), await place.run('jq', ['--version'])];
		const actions = ['cloudflare.conf', 'cloudflare-token.conf'];
		if (helpers.some(({ code }) => code !== 0)) return undefined;
		if (!actions.every((name) => existsSync(join(ACTIONS, name)))) return undefined;
		return /Fail2Ban v(\S+)/i.exec(stdout)?.[1];
	},
	jobs(place) {
		const { state } = place.cloudflare;
		let where: string[] = [];
		const rules = (): AccessRule[] => state.accessRules.all();
		const addresses = (): string[] => rules().map(({ configuration }) => configuration.value);
		const isBlocked = (zone: keyof typeof seedIds.zones, ip: string): boolean =>
			wouldBlock(state, seedIds.zones[zone], { ip }).blocked;
		const refuse = (jail: string, ip: string): void => {
			const time = new Date().toISOString().slice(0, 19).replace('T', ' ');
			appendFileSync(join(place.folder, `${jail}.log`), `${time} refused ${ip}\n`);
		};
		const client = async (...args: string[]): Promise<string> => {
			const { code, stdout, output } = await execute('fail2ban-client', [...where, ...args], {
				cwd: place.folder,
				env: place.env,
			});
			assert.equal(code, 0, output);
			return stdout;
		};
		const until = async (what: string, isSo: () => boolean): Promise<void> => {
			try {
				await waitFor(what, async () => isSo() || undefined, { seconds: PATIENCE_SECONDS });
			} finally {
				place.lastOutput = readFileSync(join(place.folder, 'fail2ban.log'), 'utf8');
			}
		};
		const unban = (jail: string, ip: string) => client('set', jail, 'unbanip', ip);
		const settled = () =>
			until('the last answer', () => place.cloudflare.calls.every(({ status }) => status !== 0));
		return [
			{
				title: 'starts, with its own Cloudflare actions',
				async run() {
					where = configure(place);
					const { env, folder: cwd } = place;
					const logFile = join(cwd, 'output.log');
					server = startProgram('fail2ban-server', [...where, '-f', 'start'], {
						cwd,
						env,
						logFile,
					});
					await waitFor(
						'fail2ban',
						async () => {
							if (server?.ended() !== undefined) throw new Error(server.tail());
							const args = [...where, 'status', 'login'];
							const { code } = await execute('fail2ban-client', args, { cwd, env });
							return code === 0 || undefined;
						},
						{ seconds: PATIENCE_SECONDS },
					);
				},
			},
			{
				title: 'bans an address in all zones with the Global API key',
				async run() {
					refuse('everywhere', '203.0.113.11');
					await until('the ban', () => addresses().length === 1);
					const [{ mode, notes, scope }] = rules();
					assert.deepEqual([mode, notes, scope.level], ['block', 'Fail2Ban everywhere', 'user']);
					assert(isBlocked(ZONE, '203.0.113.11') && isBlocked(OTHER_ZONE, '203.0.113.11'));
					assert(!isBlocked(ZONE, '203.0.113.12'));
				},
			},
			{
				title: 'lifts the ban of one of two addresses, and of that one',
				async run() {
					refuse('everywhere', '203.0.113.12');
					await until('the second ban', () => addresses().length === 2);
					await unban('everywhere', '203.0.113.12');
					await until('the end of the ban', () => addresses().length === 1);
					assert.deepEqual(addresses(), ['203.0.113.11']);
					await unban('everywhere', '203.0.113.11');
					await until('the end of both bans', () => addresses().length === 0);
					assert(!isBlocked(ZONE, '203.0.113.11'));
				},
			},
			{
				title: 'lifts a ban by itself when its time is over',
				async run() {
					refuse('shortly', '203.0.113.13');
					await until('the ban', () => isBlocked(ZONE, '203.0.113.13'));
					await until('its end', () => !isBlocked(ZONE, '203.0.113.13'));
					assert.deepEqual(addresses(), []);
				},
			},
			{
				title: 'bans an address in one zone with a token',
				async run() {
					refuse('shop', '203.0.113.14');
					await until('the ban', () => isBlocked(ZONE, '203.0.113.14'));
					assert(!isBlocked(OTHER_ZONE, '203.0.113.14'));
					assert.equal(rules()[0].notes, 'Fail2Ban-shop');
				},
			},
			{
				title:
					'is refused a second ban of the address, and leaves the first alone when it lifts the second',
				async run() {
					refuse('login', '203.0.113.14');
					await until('the refusal', () => place.cloudflare.calls.at(-1)?.status === 400);
					assert.match(place.lastOutput, /"code":10009/);
					const before = place.cloudflare.calls.length;
					await unban('login', '203.0.113.14');
					await settled();
					assert.deepEqual(
						place.cloudflare.calls.slice(before).map(({ method }) => method),
						['GET'],
					);
					assert.deepEqual(addresses(), ['203.0.113.14']);
				},
			},
			{
				title: 'lifts the ban in the zone, though an address of the same jail stays banned',
				async run() {
					refuse('shop', '203.0.113.15');
					await until('the ban', () => isBlocked(ZONE, '203.0.113.15'));
					await unban('shop', '203.0.113.14');
					await until('the end of the ban', () => addresses().length === 1);
					assert.deepEqual(addresses(), ['203.0.113.15']);
				},
			},
			{
				// It then looks for the rule by target ip6, which is none of the documented values: whether
				// Cloudflare finds it is not known, so that lifting this ban proves nothing about either.
				title: 'bans an IPv6 address',
				async run() {
					refuse('shop', '2001:db8:bad::1');
					await until('the ban', () => isBlocked(ZONE, '2001:db8:bad::1'));
					assert.equal(rules().at(-1)?.configuration.target, 'ip6');
				},
			},
			{
				title: 'stops, and lifts what other bans are left',
				async run() {
					refuse('everywhere', '203.0.113.16');
					await until('the ban', () => isBlocked(OTHER_ZONE, '203.0.113.16'));
					await server?.stop();
					await settled();
					assert.deepEqual(
						rules().filter(({ configuration }) => configuration.target === 'ip'),
						[],
					);
				},
			},
		];
	},
	async stop() {
		await server?.stop();
		server = undefined;
	},
};
