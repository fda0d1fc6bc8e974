import type { AlertPolicy } from '../alerting/types.cjs';
import { uuid } from './ids.cjs';

type Mechanisms = AlertPolicy['mechanisms'];

const SOC = 'soc@example.com';
const ON_CALL = 'on-call@example.com';
export const WEBHOOK = uuid('webhook', 'playbooks');
export const PAGERDUTY = uuid('pagerduty', 'security');

const to = (email: string[], more: Partial<Mechanisms> = {}): Mechanisms => ({
	email: email.map((id) => ({ id })),
	webhooks: [],
	pagerduty: [],
	...more,
});
const webhooks = [{ id: WEBHOOK }];

function policy(
	alert_type: string,
	name: string,
	mechanisms: Mechanisms,
	more: Partial<AlertPolicy> = {},
): AlertPolicy {
	return {
		id: uuid('alert-policy', alert_type),
		name,
		description: '',
		enabled: true,
		alert_type,
		filters: {},
		mechanisms,
		created: '2025-01-20T09:00:00.000000Z',
		modified: '2026-02-02T16:20:11.512309Z',
		...more,
	};
}

/** The policies of the main account. */
export const seedAlertPolicies = (): AlertPolicy[] => [
	policy(
		'dos_attack_l7',
		'HTTP DDoS attack',
		to([SOC, ON_CALL], { pagerduty: [{ id: PAGERDUTY }] }),
	),
	policy('clickhouse_alert_fw_anomaly', 'WAF spike', to([SOC], { webhooks }), {
		filters: { services: ['securitylevel', 'waf', 'firewallrules'] },
	}),
	policy('security_insights_alert', 'New security insight', to([], { webhooks }), {
		filters: {
			insight_class: ['a_record_dangling', 'cname_record_dangling', 'rdp_server_exposed'],
		},
	}),
	policy('universal_ssl_event_type', 'SSL Notification Event Policy', to([ON_CALL]), {
		description: 'Certificates of all zones',
	}),
	policy('tunnel_health_event', 'Tunnel health', to([ON_CALL], { webhooks }), {
		filters: { new_status: ['TUNNEL_STATUS_TYPE_DOWN'] },
	}),
	policy('expiring_service_token_alert', 'Service tokens', to([SOC])),
	policy('incident_alert', 'Cloudflare incidents', to([ON_CALL]), { alert_interval: '30m' }),
	policy('abuse_report_alert', 'Abuse reports', to([SOC]), { enabled: false }),
];

/** The one policy of the second account. */
export const seedBranchPolicies = (): AlertPolicy[] => [
	policy('http_alert_origin_error', 'Origin errors', to(['admin@branch.example']), {
		id: uuid('alert-policy', 'branch'),
	}),
];
