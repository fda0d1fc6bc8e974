interface Named {
	value: string;
	label: string;
}

const category = (value: string, label: string, products: Array<[string, string]>) => ({
	value,
	label,
	products: products.map(([product, name]): Named => ({ value: product, label: name })),
});

/** The real list is not published; these are made from the products of the seed, with some that have no events. */
export const CATEGORIES = [
	category('account', 'Account and members', [
		['accounts', 'Accounts'],
		['members', 'Members'],
		['roles', 'Roles'],
	]),
	category('authentication', 'Sign-in and credentials', [
		['api_tokens', 'API tokens'],
		['login', 'Sign-in'],
	]),
	category('dns', 'DNS', [
		['dns_records', 'DNS records'],
		['dnssec', 'DNSSEC'],
	]),
	category('application_security', 'Application security', [
		['rulesets', 'Rulesets'],
		['lists', 'Lists'],
		['firewall', 'Firewall'],
		['security_center', 'Security Center'],
	]),
	category('zero_trust', 'Zero Trust', [
		['access', 'Access'],
		['gateway', 'Gateway'],
	]),
	category('logs', 'Logs', [['logpush', 'Logpush']]),
	category('notifications', 'Notifications', [['alerting', 'Notifications']]),
	category('zones', 'Zones and performance', [
		['zones', 'Zones'],
		['zone_settings', 'Zone settings'],
		['cache', 'Cache'],
		['ssl', 'Certificates'],
	]),
];
