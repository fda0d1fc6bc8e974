import type { Alerting, AlertPolicy, AlertRecord } from '../alerting/types.cjs';
import { seedAlertPolicies, seedBranchPolicies } from './alertPolicies.cjs';
import { uuid } from './ids.cjs';
import { seedIds } from './seedIds.cjs';

const DAY = 86_400_000;

type Body = AlertRecord['alert_body'];
interface Event {
	sent: string;
	index: number;
}

/** Each type's body in its own form: JSON as text, an object, or plain text. */
const BODIES: Record<string, (event: Event) => Body> = {
	dos_attack_l7: ({ sent, index }) =>
		JSON.stringify({
			attack_id: uuid('attack', String(index)),
			attack_type: 'HTTP Flood',
			target_hostname: 'www.example.com',
			target_zone_name: 'example.com',
			max_rate: `${40 + (index % 50)}k rps`,
			mitigation: 'Block',
			rule_description: 'HTTP requests with unusual HTTP headers or URI path',
			start_time: sent,
		}),
	clickhouse_alert_fw_anomaly: ({ sent }) =>
		JSON.stringify({
			zone_name: 'example.com',
			service: 'waf',
			spike_events: 1830,
			baseline: 12,
			top_source: { ip: '203.0.113.7', user_agent: '{{ $env }} sqlmap/1.8' },
			alert_start: sent,
		}),
	security_insights_alert: () =>
		JSON.stringify([{ issue_class: 'a_record_dangling', subject: 'old-shop.example.com' }]),
	universal_ssl_event_type: () => ({
		data: {
			event_type: 'ssl.certificate.renewed',
			hosts: ['example.com', '*.example.com'],
			expires_on: '2027-02-01T00:00:00Z',
		},
	}),
	tunnel_health_event: ({ index }) =>
		`[${index % 2 === 0 ? 'Down' : 'Healthy'}] Tunnel amsterdam-1 changed its status`,
	expiring_service_token_alert: () => ({ token_name: 'monitoring', expires_in_days: 7 }),
	incident_alert: () => 'Elevated API errors: Cloudflare is investigating issues with the API.',
	http_alert_origin_error: () => 'More 5xx answers from the origin of branch.example than usual.',
	// Cut off in the middle: looks like JSON and is none.
	abuse_report_alert: () => '{"report_type":"phishing","url":"https://login.example.net/verify?',
};

/** One row for each destination of the policy. */
function dispatches(policy: AlertPolicy, { sent, index }: Event): AlertRecord[] {
	const { email, webhooks, pagerduty } = policy.mechanisms;
	const destinations = [
		...email.map(({ id }) => ['email', id] as const),
		...webhooks.map(({ id }) => ['webhook', id] as const),
		...pagerduty.map(({ id }) => ['pagerduty', id] as const),
	];
	return destinations.map(([mechanism_type, mechanism]) => ({
		id: uuid('alert', `${policy.id}/${index}/${mechanism}`),
		name: policy.name,
		description: policy.description,
		alert_type: policy.alert_type,
		alert_body: BODIES[policy.alert_type]({ sent, index }),
		mechanism,
		mechanism_type,
		policy_id: policy.id,
		sent,
	}));
}

/** `count` alerts evenly over the days, the policies in turn. */
function over(
	policies: AlertPolicy[],
	count: number,
	[newest, oldest]: [newest: number, oldest: number],
	now: number,
): AlertRecord[] {
	const step = ((oldest - newest) * DAY) / count;
	return Array.from({ length: count }, (_, index) => {
		const at = new Date(now - newest * DAY - index * step);
		// With six decimals, as the API writes them.
		const sent = at.toISOString().replace('Z', '336Z');
		return dispatches(policies[index % policies.length], { sent, index });
	}).flat();
}

/**
 * `count` alerts that the main account still sees, and some that are too old. Most went to several
 * destinations. The second account got twelve, of which the newer eight are still to be seen.
 */
export function seedAlerts(count: number, now: number): Alerting {
	const [main, second] = [seedIds.mainAccount, seedIds.secondAccount];
	const [policies, branch] = [seedAlertPolicies(), seedBranchPolicies()];
	const tooOld = over(policies.slice(0, 1), 3, [91, 120], now).map((row) => ({
		...row,
		id: uuid('alert', `old/${row.id}`),
	}));
	return {
		policies: new Map([
			[main, policies],
			[second, branch],
		]),
		history: new Map([
			[main, [...over(policies, count, [0.1, 89], now), ...tooOld]],
			[second, [...over(branch, 8, [0.1, 29], now), ...over(branch, 4, [31, 60], now)]],
		]),
	};
}
