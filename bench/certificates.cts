import { dirname, join } from 'node:path';
import { generateCACertificate } from 'mockttp';

interface Authority {
	generateCertificate(domain: string): Promise<{ key: string; cert: string }>;
}
interface Certificates {
	getCA(options: { key: string; cert: string }): Promise<Authority>;
}

/** A certificate for the stand-in, and the throw-away authority that signed it. */
export async function makeCertificates(): Promise<{
	key: string;
	cert: string;
	authority: string;
}> {
	const ca = await generateCACertificate({ subject: { commonName: 'Benchmark (throw-away)' } });
	// mockttp makes certificates for its own servers only, and does not export how.
	const file = join(dirname(require.resolve('mockttp')), 'util', 'certificates.js');
	const { getCA } = (await import(file)) as Certificates;
	const { key, cert } = await (await getCA(ca)).generateCertificate('api.cloudflare.com');
	return { key, cert, authority: ca.cert };
}
