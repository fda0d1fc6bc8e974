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
