import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// An allow-list: whatever else the caller has set (proxies, N8N_…, DB_…, NODE_OPTIONS) must not change the run.
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'LD_LIBRARY_PATH'];

const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
};

export interface EnvironmentOptions {
	folder: string;
	port: number;
	brokerPort: number;
	proxyUrl: string;
	caCertificate: string;
}

/** Node.js reads one file only: what the caller trusts already goes into the same one. */
function writeCertificates(folder: string, caCertificate: string): string {
	const callers = process.env.NODE_EXTRA_CA_CERTS;
	const before = callers && existsSync(callers) ? readFileSync(callers, 'utf8') : '';
	const file = join(folder, 'trusted-certificates.pem');
	writeFileSync(file, `${before}\n${caCertificate}\n`);
	return file;
}

/** The whole environment of the n8n process. */
export function n8nEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
	const { folder, port, brokerPort, proxyUrl, caCertificate } = options;
	const kept = PASSED_ON.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value]];
	});
	return {
		...Object.fromEntries(kept),
		...QUIET,
		HOME: folder,
		NODE_ENV: 'production',
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		WEBHOOK_URL: `http://127.0.0.1:${port}`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		DB_TYPE: 'sqlite',
		HTTP_PROXY: proxyUrl,
		HTTPS_PROXY: proxyUrl,
		NO_PROXY: '127.0.0.1,localhost',
		NODE_EXTRA_CA_CERTS: writeCertificates(folder, caCertificate),
	};
}
