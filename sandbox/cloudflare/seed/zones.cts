import { PLANS, type Plan } from '../language/vocabulary.cjs';
import type { Account, Zone } from '../types.cjs';
import { id } from './ids.cjs';

const PLAN_NAMES: Record<Plan, [name: string, price: number]> = {
	free: ['Free Website', 0],
	pro: ['Pro Website', 20],
	business: ['Business Website', 200],
	enterprise: ['Enterprise Website', 0],
};

function planOf(plan: Plan): Zone['plan'] {
	const [name, price] = PLAN_NAMES[plan];
	return {
		id: id('plan', plan),
		name,
		price,
		currency: 'USD',
		frequency: plan === 'free' ? '' : 'monthly',
		is_subscribed: plan !== 'free',
		can_subscribe: true,
		legacy_id: plan,
		legacy_discount: false,
		externally_managed: false,
	};
}

export function zone(
	account: Account,
	name: string,
	plan: Plan,
	differences: Partial<Zone> = {},
): Zone {
	const active = (differences.status ?? 'active') === 'active';
	return {
		id: id('zone', name),
		name,
		status: 'active',
		paused: false,
		type: 'full',
		development_mode: 0,
		name_servers: ['bob.ns.cloudflare.com', 'lola.ns.cloudflare.com'],
		original_name_servers: ['ns1.dns.example', 'ns2.dns.example'],
		original_registrar: null,
		original_dnshost: null,
		modified_on: '2026-05-04T08:30:00.123456Z',
		created_on: '2021-02-03T10:20:30.123456Z',
		activated_on: active ? '2021-02-03T11:00:00.123456Z' : null,
		meta: {
			step: 2,
			custom_certificate_quota: plan === 'enterprise' ? 5 : 0,
			page_rule_quota: { free: 3, pro: 20, business: 50, enterprise: 125 }[plan],
			phishing_detected: false,
			cdn_only: false,
			dns_only: false,
			foundation_dns: false,
		},
		owner: { id: null, type: 'user', name: null },
		account: { id: account.id, name: account.name },
		tenant: { id: null, name: null },
		tenant_unit: { id: null },
		permissions: ['#zone:read', '#zone:edit', '#waf:read', '#waf:edit'],
		plan: planOf(plan),
		...differences,
	};
}

/** `count` zones in the main account, and a few that only some queries show. */
export function seedZones([main, second]: Account[], count: number): Zone[] {
	const named = [
		zone(main, 'example.com', 'pro'),
		zone(main, 'example.net', 'free'),
		zone(main, 'example.org', 'business'),
		zone(main, 'enterprise.example', 'enterprise'),
	];
	const generated = Array.from({ length: Math.max(0, count - named.length) }, (_, index) => {
		const number = index + 1;
		return zone(main, `store-${String(number).padStart(3, '0')}.example`, PLANS[index % 4], {
			...(number % 20 === 0 && { status: 'pending' as const }),
			...(number % 33 === 0 && {
				type: 'partial' as const,
				verification_key: '284344499-1084221259',
			}),
			...(number % 50 === 0 && { paused: true }),
		});
	});
	return [
		...named.slice(0, count),
		...generated,
		// Hidden unless asked for by type.
		zone(main, 'corp.internal.example', 'enterprise', { type: 'internal' }),
		zone(second, 'branch.example', 'free'),
		zone(second, 'lab.example', 'pro', { status: 'moved' }),
	];
}
