const zones = { Key: 'zones', ComparisonOperator: '==', Range: '1-n', AvailableValues: null };
const choices = (key: string, values: Array<[id: string, description: string]>) => ({
	Key: key,
	ComparisonOperator: '==',
	Range: '1-n',
	AvailableValues: values.map(([ID, Description]) => ({ ID, Description })),
});
const alert = (
	type: string,
	display_name: string,
	description: string,
	filter_options: object[] = [],
) => ({ type, display_name, description, filter_options });

/** Alert types by product. The keys of filter options start with capitals. Source: OpenAPI document. */
export const AVAILABLE_ALERTS = {
	'DDoS Protection': [
		alert('dos_attack_l7', 'HTTP DDoS Attack Alert', 'An HTTP attack was detected and mitigated'),
		alert('dos_attack_l4', 'Layer 3/4 DDoS Attack Alert', 'A network attack was detected'),
	],
	'Web Application Firewall': [
		alert('clickhouse_alert_fw_anomaly', 'Security Events Alert', 'A spike of firewall events', [
			zones,
			choices('services', [
				['waf', 'Managed rules'],
				['firewallrules', 'Custom rules'],
				['securitylevel', 'Security level'],
			]),
		]),
	],
	'Security Center': [
		alert('security_insights_alert', 'Security Insights Alert', 'A new insight was found', [
			choices('insight_class', [
				['a_record_dangling', 'Dangling A Records'],
				['dmarc', 'DMARC Record Errors'],
			]),
		]),
		alert('abuse_report_alert', 'Abuse Report Alert', 'Somebody reported a site of this account'),
	],
	'SSL/TLS': [
		alert(
			'universal_ssl_event_type',
			'Universal SSL Alert',
			'A certificate was renewed or expires',
		),
	],
	'Cloudflare Tunnel': [
		alert('tunnel_health_event', 'Tunnel Health Alert', 'A tunnel changed its status', [
			choices('new_status', [
				['TUNNEL_STATUS_TYPE_HEALTHY', 'Healthy'],
				['TUNNEL_STATUS_TYPE_DOWN', 'Down'],
			]),
		]),
	],
	Access: [
		alert(
			'expiring_service_token_alert',
			'Expiring Access Service Token Alert',
			'A service token expires within a week',
		),
	],
	'Origin Monitoring': [
		alert('http_alert_origin_error', 'Origin Error Rate Alert', 'The origin answers too many 5xx', [
			zones,
		]),
	],
	'Cloudflare Status': [
		alert('incident_alert', 'Incident Alert', 'Cloudflare declared an incident'),
		alert('maintenance_event_notification', 'Maintenance Notification', 'Maintenance is planned'),
	],
};
