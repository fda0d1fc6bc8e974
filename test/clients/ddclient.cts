import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxCredentials } from '../../sandbox/cloudflare/index.cjs';
import { assertHolds, assertSays, contents, records } from './checks.cjs';
import type { Place } from './place.cjs';
import type { Program } from './program.cjs';

const ZONE = 'example.org';
const { userToken, globalKey } = sandboxCredentials;
const byToken = { login: 'token', password: userToken };
const byKey = { login: globalKey.email, password: globalKey.apiKey };

interface Wanted {
	host: string;
	ipv4?: string;
	ipv6?: string;
	credential?: { login: string; password: string };
}

async function update(
	place: Place,
	{ host, ipv4, ipv6, credential = byToken }: Wanted,
): Promise<string> {
	const address = (family: 'v4' | 'v6', value?: string) =>
		value === undefined ? [] : [`use${family}=ip${family}, ip${family}=${value}`];
	const file = place.write('ddclient.conf', [
		'use=no',
		// Its other way, Perl's own sockets, only knows proxies that themselves speak TLS.
		'curl=yes',
		`ssl_ca_file=${place.certificates}`,
		'min-interval=0',
		...address('v4', ipv4),
		...address('v6', ipv6),
		`protocol=cloudflare, zone=${ZONE}, login=${credential.login}, password=${credential.password}`,
		host,
	]);
	const cache = join(place.folder, 'ddclient.cache');
	const args = ['-file', file, '-cache', cache, '-pid', `${cache}.pid`];
	return (await place.run('ddclient', [...args, '-daemon=0', '-noquiet', '-verbose'])).output;
}

/** Keeps a name at the address that a machine has at the moment. */
export const ddclient: Program = {
	name: 'ddclient',
	packages: ['ddclient', 'libwww-curl-perl'],
	async version(place) {
		const { output } = await place.run('ddclient', ['-version']);
		const { code } = await place.run('perl', ['-MWWW::Curl::Easy', '-e', '1']);
		return code === 0 ? /ddclient version ([\d.]+\d)/i.exec(output)?.[1] : undefined;
	},
	jobs(place) {
		const host = `origin.${ZONE}`;
		const held = (type = 'A') => contents(place.cloudflare, ZONE, host, type);
		return [
			{
				title: 'sets a new address with a token, and leaves the rest of the record alone',
				async run() {
					const [before] = records(place.cloudflare, ZONE, host, 'A');
					const output = await update(place, { host, ipv4: '198.51.100.21' });
					assertSays(output, /SUCCESS: +updating \S+: IPv4 address set to 198\.51\.100\.21/);
					const [after] = records(place.cloudflare, ZONE, host, 'A');
					const { id, ttl, comment, tags, proxied } = before;
					assert.equal(after.content, '198.51.100.21');
					assertHolds(after, { id, ttl, comment, tags, proxied });
				},
			},
			{
				title: 'asks for nothing while the address is the same',
				async run() {
					let output = '';
					const calls = await place.callsDuring(async () => {
						output = await update(place, { host, ipv4: '198.51.100.21' });
					});
					assertSays(output, /SUCCESS: .*skipped: IPv4 address was already set/);
					assert.deepEqual(calls, []);
				},
			},
			{
				title: 'sets the next address with the Global API key',
				async run() {
					await update(place, { host, ipv4: '198.51.100.22', credential: byKey });
					assert.deepEqual(held(), ['198.51.100.22']);
					assert.equal(place.cloudflare.calls.at(-1)?.credential, 'globalKey');
				},
			},
			{
				title: 'sets an IPv4 and an IPv6 address in one run',
				async run() {
					await update(place, { host: ZONE, ipv4: '198.51.100.23', ipv6: '2001:db8:30::99' });
					assert.deepEqual(contents(place.cloudflare, ZONE, ZONE, 'A'), ['198.51.100.23']);
					assert.deepEqual(contents(place.cloudflare, ZONE, ZONE, 'AAAA'), ['2001:db8:30::99']);
				},
			},
			{
				title: 'says that there is no such record, and changes nothing',
				async run() {
					const before = place.cloudflare.state.changes.length;
					const output = await update(place, { host: `nothing.${ZONE}`, ipv4: '198.51.100.24' });
					assertSays(output, /FAILED: .*No 'A' record at Cloudflare/);
					assert.equal(place.cloudflare.state.changes.length, before);
				},
			},
			{
				title: 'fails with a token that is none, and changes nothing',
				async run() {
					rmSync(join(place.folder, 'ddclient.cache'), { force: true });
					const password = userToken.replace('user', 'none');
					const credential = { login: 'token', password };
					const output = await update(place, { host, ipv4: '198.51.100.25', credential });
					assertSays(output, /FAILED: +updating/);
					assert.deepEqual(held(), ['198.51.100.22']);
					assert.equal(place.cloudflare.calls.at(-1)?.status, 403);
				},
			},
		];
	},
};
