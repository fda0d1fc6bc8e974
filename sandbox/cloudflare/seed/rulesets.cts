import type { Rule, Ruleset, RulesetRecord } from '../rulesets/types.cjs';
import type { Scope } from '../types.cjs';
import { id } from './ids.cjs';
import { seedIds } from './seedIds.cjs';

const UPDATED = '2026-04-12T07:45:12.345678Z';

function rule(name: string, definition: Partial<Rule> & Pick<Rule, 'action'>): Rule {
	const ruleId = id('rule', name);
	return {
		id: ruleId,
		version: '1',
		description: '',
		last_updated: UPDATED,
		ref: ruleId,
		enabled: true,
		...definition,
	};
}

function record(
	owner: RulesetRecord['owner'],
	ruleset: Partial<Ruleset> & Pick<Ruleset, 'id' | 'kind' | 'phase' | 'rules'>,
): RulesetRecord {
	const version = { name: 'default', description: '', version: '1', last_updated: UPDATED };
	return { owner, versions: [{ ...version, ...ruleset }] };
}

const exampleComRules = [
	rule('office', {
		action: 'skip',
		action_parameters: { ruleset: 'current' },
		expression: 'ip.src in $office_network',
		description: 'Let the office through',
		logging: { enabled: true },
	}),
	rule('wp-login', {
		action: 'managed_challenge',
		expression: '(http.request.uri.path eq "/wp-login.php" and not cf.client.bot)',
		description: 'Challenge log-in attempts',
	}),
	rule('scanners', {
		action: 'block',
		expression:
			'(lower(http.user_agent) contains "sqlmap") or (http.request.uri.path contains "/.env")',
		description: 'Block scanners',
		ref: 'block_scanners',
	}),
];

const cloudflare = { level: 'cloudflare' } as const;
const managed = (rulesetId: string, name: string, descriptions: string[]): RulesetRecord =>
	record(cloudflare, {
		id: rulesetId,
		name,
		kind: 'managed',
		phase: 'http_request_firewall_managed',
		version: '42',
		description: `${name}, kept by Cloudflare`,
		// The rules of managed rulesets come without their expressions.
		rules: descriptions.map((description) =>
			rule(`${name}/${description}`, { action: 'block', description, categories: ['sqli'] }),
		),
	});

export function seedRulesets(): RulesetRecord[] {
	const zone = (name: keyof typeof seedIds.zones): Scope => ({
		level: 'zone',
		id: seedIds.zones[name],
	});
	const main: Scope = { level: 'account', id: seedIds.mainAccount };
	const { rulesets } = seedIds;
	return [
		record(zone('example.com'), {
			id: rulesets.exampleComCustom,
			kind: 'zone',
			phase: 'http_request_firewall_custom',
			version: '7',
			rules: exampleComRules,
		}),
		record(zone('example.org'), {
			id: rulesets.exampleOrgManaged,
			kind: 'zone',
			phase: 'http_request_firewall_managed',
			rules: [
				rule('deploy-managed', {
					action: 'execute',
					action_parameters: { id: rulesets.cloudflareManaged },
					expression: 'true',
					description: 'Execute Cloudflare Managed Ruleset',
				}),
			],
		}),
		record(main, {
			id: rulesets.accountRoot,
			kind: 'root',
			phase: 'http_request_firewall_custom',
			rules: [
				rule('deploy-custom', {
					action: 'execute',
					action_parameters: { id: rulesets.accountCustom },
					expression: '(cf.zone.plan eq "ENT")',
					description: 'Deploy the company-wide rules',
				}),
			],
		}),
		record(main, {
			id: rulesets.accountCustom,
			name: 'Company-wide rules',
			kind: 'custom',
			phase: 'http_request_firewall_custom',
			rules: [
				rule('sanctions', {
					action: 'block',
					expression: 'ip.src.country in {"KP"}',
					description: 'Sanctioned countries',
				}),
			],
		}),
		managed(rulesets.cloudflareManaged, 'Cloudflare Managed Ruleset', [
			'SQLi - Equation',
			'XSS - Reflected',
		]),
		managed(rulesets.owaspCore, 'Cloudflare OWASP Core Ruleset', ['942100: SQL Injection']),
	];
}
