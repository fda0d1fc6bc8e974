/** What a SIEM posts when its rule fires. Addresses and names are those reserved for documentation. */
export interface Alert {
	alertId: string;
	rule: string;
	severity: 'low' | 'medium' | 'high' | 'critical';
	detectedAt: string;
	zone: string;
	host: string;
	path: string;
	sourceIp: string;
	userAgent: string;
	failedLogins: number;
	distinctAccounts: number;
	windowSeconds: number;
	/** Left out, the playbook blocks for a day. */
	blockUntil?: string;
}

export const INNOCENT_ADDRESS = '198.51.100.23';

/** A credential-stuffing run against a shop's login. */
export function credentialStuffingAlert(changes: Partial<Alert> = {}): Alert {
	const detectedAt = new Date().toISOString();
	return {
		alertId: `SOC-${detectedAt.slice(0, 10)}-0417`,
		rule: 'Credential stuffing',
		severity: 'high',
		detectedAt,
		zone: 'example.com',
		host: 'shop.example.com',
		path: '/account/login',
		sourceIp: '203.0.113.66',
		userAgent: 'python-requests/2.31.0',
		failedLogins: 1846,
		distinctAccounts: 1722,
		windowSeconds: 300,
		...changes,
	};
}

/** A scanner that is gone soon: its alert asks for a short block. */
export function scannerAlert(seconds: number): Alert & { blockUntil: string } {
	const now = Date.now();
	return {
		...credentialStuffingAlert(),
		alertId: `SOC-${new Date(now).toISOString().slice(0, 10)}-0418`,
		rule: 'Port scan',
		severity: 'low',
		path: '/.git/config',
		sourceIp: '203.0.113.99',
		userAgent: 'zgrab/0.x',
		blockUntil: new Date(Math.ceil(now / 1000) * 1000 + seconds * 1000).toISOString(),
	};
}
