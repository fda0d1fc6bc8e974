import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { sandboxCredentials } from '../../sandbox/cloudflare/index.cjs';
import { startAuthority, type Authority } from './acme.cjs';
import { assertSays, contents } from './checks.cjs';
import type { Place } from './place.cjs';
import type { Program } from './program.cjs';

const ZONE = 'example.com';
const CHALLENGE = `_acme-challenge.${ZONE}`;
const { userToken, globalKey } = sandboxCredentials;
const token = (value: string) => [`dns_cloudflare_api_token = ${value}`];
const key = (value: string) => [
	`dns_cloudflare_email = ${globalKey.email}`,
	`dns_cloudflare_api_key = ${value}`,
];

let authority: Authority | undefined;

async function ask(place: Place, credentials: string[], names: string[]) {
	const { cloudflare, folder } = place;
	authority ??= await startAuthority(folder, (name) => contents(cloudflare, ZONE, name, 'TXT'));
	const args = [
		...['certonly', '--non-interactive', '--agree-tos', '--email', 'ops@example.com'],
		...['--server', authority.directory, '--no-eff-email'],
		...['--dns-cloudflare', '--dns-cloudflare-propagation-seconds', '0'],
		...['--dns-cloudflare-credentials', place.write('cloudflare.ini', credentials)],
		...['config', 'work', 'logs'].flatMap((name) => [`--${name}-dir`, join(folder, name)]),
		...['--cert-name', names[0].replace('*.', ''), ...names.flatMap((name) => ['-d', name])],
	];
	return await place.run('certbot', args);
}

/** Gets certificates, and proves that it owns a name with a TXT record. */
export const certbot: Program = {
	name: 'certbot',
	packages: ['certbot', 'python3-certbot-dns-cloudflare', 'openssl'],
	async version(place) {
		const { output } = await place.run('certbot', ['--version']);
		const plugins = await place.run('certbot', [
			'plugins',
			'--config-dir',
			place.folder,
			'--work-dir',
			place.folder,
			'--logs-dir',
			place.folder,
		]);
		const openssl = await place.run('openssl', ['version']);
		if (!plugins.output.includes('* dns-cloudflare') || openssl.code !== 0) return undefined;
		return /certbot (\S+)/.exec(output)?.[1];
	},
	jobs(place) {
		const held = () => contents(place.cloudflare, ZONE, CHALLENGE, 'TXT');
		const certificateOf = (name: string) => join(place.folder, 'config', 'live', name, 'cert.pem');
		const fails = async (credentials: string[], says: RegExp, name = `new.${ZONE}`) => {
			const before = place.cloudflare.state.changes.length;
			const { code, output } = await ask(place, credentials, [name]);
			assert.equal(code, 1);
			assertSays(output, says);
			assert.equal(place.cloudflare.state.changes.length, before);
			assert(!existsSync(certificateOf(name)));
		};
		return [
			{
				title: 'gets a certificate with a token, and cleans up the record that proved it',
				async run() {
					const name = `www.eu.${ZONE}`;
					const { code } = await ask(place, token(userToken), [name]);
					assert.equal(code, 0);
					const certificate = new X509Certificate(readFileSync(certificateOf(name)));
					assert.equal(certificate.subjectAltName, `DNS:${name}`);
					const { changes } = place.cloudflare.state;
					assert.deepEqual(
						changes.map(({ action }) => action),
						['create', 'delete'],
					);
				},
			},
			{
				title: 'gets a wildcard with the Global API key: two records of one name at a time',
				async run() {
					const { code } = await ask(place, key(globalKey.apiKey), [ZONE, `*.${ZONE}`]);
					assert.equal(code, 0);
					assert.equal(authority?.mostValuesSeen, 2);
					const certificate = new X509Certificate(readFileSync(certificateOf(ZONE)));
					assert.deepEqual(certificate.subjectAltName?.split(', ').sort(), [
						`DNS:*.${ZONE}`,
						`DNS:${ZONE}`,
					]);
					assert.deepEqual(held(), []);
					assert.equal(place.cloudflare.calls.at(-1)?.credential, 'globalKey');
				},
			},
			{
				title: 'knows an unknown token by its code',
				run: () =>
					fails(
						token(userToken.replace('user', 'none')),
						/9109 .*Did you enter a valid Cloudflare Token\?/s,
					),
			},
			{
				title: 'knows a token that was not copied as a whole by its code',
				run: () =>
					fails(token(userToken.slice(0, 20)), /6003 .*Did you copy your entire API token\/key\?/s),
			},
			{
				title: 'knows an unknown Global API key by its code',
				run: () =>
					fails(
						key(globalKey.apiKey.replace('global', 'unheard')),
						/9103 .*correct email address and Global key\?/s,
					),
			},
			{
				title: 'says that the account has no such domain',
				run: () =>
					fails(
						token(userToken),
						/entered correctly and is already associated with the supplied Cloudflare account/,
						'nobody.example',
					),
			},
			{
				title: 'tells of a token that may not write records',
				run: () =>
					fails(
						token(sandboxCredentials.readOnlyToken),
						/Error communicating with the Cloudflare API/,
					),
			},
		];
	},
	async stop() {
		await authority?.close();
		authority = undefined;
	},
};
