import { createHash } from 'node:crypto';
import type { AccessApp, AccessAppRecord, AccessAppType } from '../access/types.cjs';
import { infrastructurePolicies, manyPolicies, POLICIES, policiesOf } from './accessPolicies.cjs';
import { uuid } from './ids.cjs';
import { seedIds } from './seedIds.cjs';

const IDENTITY_PROVIDER = uuid('identity-provider', 'company');
const { employees, administrators, approved, monitoring, office, world, nobody } = POLICIES;

function app(
	type: AccessAppType,
	name: string,
	fields: Record<string, unknown>,
	policies: AccessApp['policies'] = policiesOf(name, employees),
): AccessApp {
	return {
		id: uuid('access-app', name),
		aud: createHash('sha256').update(`access-app:${name}`).digest('hex'),
		name,
		type,
		created_at: '2025-06-11T08:15:00Z',
		updated_at: '2026-03-19T14:02:41Z',
		...fields,
		policies,
	};
}

const interactive = {
	session_duration: '24h',
	allowed_idps: [IDENTITY_PROVIDER],
	auto_redirect_to_identity: true,
	custom_pages: [],
};
const launched = { app_launcher_visible: true, tags: [] };

/** What the types that protect a site have in common. */
const site = (domain: string, more: object = {}) => ({
	domain,
	destinations: [{ type: 'public', uri: domain }],
	self_hosted_domains: [domain],
	...interactive,
	...launched,
	enable_binding_cookie: false,
	http_only_cookie_attribute: true,
	same_site_cookie_attribute: 'lax',
	path_cookie_attribute: false,
	options_preflight_bypass: false,
	service_auth_401_redirect: false,
	skip_interstitial: false,
	allow_authenticate_via_warp: false,
	...more,
});
const target = (protocol: 'SSH' | 'RDP', port: number, hostname: string[]) => ({
	target_criteria: [{ port, protocol, target_attributes: { hostname } }],
});

/** One or more of every type. Source of each type's fields: types of the SDK 7.3. */
function ofEveryType(): AccessApp[] {
	return [
		app(
			'self_hosted',
			'Admin Site',
			site('admin.example.com', { session_duration: '1h', tags: ['production'] }),
			policiesOf('Admin Site', administrators, approved, nobody),
		),
		app(
			'self_hosted',
			'Grafana',
			site('grafana.example.com', {
				cors_headers: { allowed_methods: ['GET'], allowed_origins: ['https://example.com'] },
			}),
			policiesOf('Grafana', monitoring, employees),
		),
		app(
			'self_hosted',
			'Partner Portal',
			site('partners.example.com'),
			manyPolicies('Partner Portal', 30),
		),
		app('self_hosted', 'Forgotten Wiki', site('wiki.example.com'), []),
		app(
			'self_hosted',
			'Public Status',
			site('status.example.com/internal'),
			policiesOf('Public Status', world),
		),
		app(
			'self_hosted',
			'Payroll',
			{
				...site('payroll.corp.example.com'),
				destinations: [
					{
						type: 'private',
						hostname: 'payroll.corp.example.com',
						port_range: '443',
						l4_protocol: 'tcp',
					},
					{ type: 'private', cidr: '10.20.0.0/24', port_range: '443', l4_protocol: 'tcp' },
				],
			},
			policiesOf('Payroll', administrators),
		),
		app('saas', 'Salesforce', {
			...launched,
			allowed_idps: [IDENTITY_PROVIDER],
			auto_redirect_to_identity: false,
			saas_app: {
				auth_type: 'saml',
				consumer_service_url: 'https://example.my.salesforce.example/sso',
				sp_entity_id: 'https://example.my.salesforce.example',
				name_id_format: 'email',
			},
		}),
		app('saas', 'GitLab', {
			...launched,
			allowed_idps: [IDENTITY_PROVIDER],
			auto_redirect_to_identity: false,
			saas_app: {
				auth_type: 'oidc',
				client_id: '3f1c9e2d7b60',
				redirect_uris: ['https://gitlab.example.com/users/auth/callback'],
				grant_types: ['authorization_code'],
				scopes: ['openid', 'email'],
			},
		}),
		app('ssh', 'Bastion', site('ssh.example.com'), policiesOf('Bastion', administrators)),
		app('vnc', 'Build Screen', site('vnc.example.com'), policiesOf('Build Screen', administrators)),
		app('rdp', 'Accounting Desktop', {
			...site('rdp.example.com'),
			...target('RDP', 3389, ['accounting-1']),
		}),
		app(
			'infrastructure',
			'Production Servers',
			target('SSH', 22, ['web-1', 'web-2']),
			infrastructurePolicies('Production Servers', ['deploy', 'root']),
		),
		app('app_launcher', 'App Launcher', {
			domain: 'example.cloudflareaccess.com',
			...interactive,
			app_launcher_logo_url: 'https://example.com/logo.svg',
			bg_color: '#0f1e3c',
			header_bg_color: '#091e42',
			footer_links: [{ name: 'Help', url: 'https://example.com/help' }],
			landing_page_design: { title: 'Welcome', message: 'Sign in to see your applications' },
			skip_app_launcher_login_page: false,
		}),
		app('warp', 'Warp Login App', { domain: 'example.cloudflareaccess.com/warp', ...interactive }),
		app('biso', 'Clientless Web Isolation', {
			domain: 'example.cloudflareaccess.com/browser',
			...interactive,
		}),
		app(
			'bookmark',
			'Intranet Handbook',
			{ domain: 'handbook.example.org', logo_url: '', ...launched },
			[],
		),
		app('dash_sso', 'Cloudflare Dashboard', {
			domain: 'example.cloudflareaccess.com/dash_sso',
			...interactive,
			saas_app: { auth_type: 'saml', sp_entity_id: 'https://dash.cloudflare.com' },
		}),
		app('mcp', 'Ticket Tools', {
			...interactive,
			tags: [],
			destinations: [{ type: 'via_mcp_server_portal', mcp_server_id: 'ticket-tools' }],
		}),
		app('mcp_portal', 'Tool Portal', { domain: 'tools.example.com', ...interactive, tags: [] }),
		app('proxy_endpoint', 'Proxy', {
			domain: '7f3a9c21e4.proxy.cloudflare-gateway.com',
			...interactive,
		}),
		app(
			'self_hosted',
			'Intranet',
			site('intranet.example.com'),
			policiesOf('Intranet', office, employees),
		),
		app('self_hosted', 'Jenkins', site('ci.example.com')),
	];
}

const generated = (index: number): AccessApp => {
	const number = String(index + 1).padStart(3, '0');
	return app('self_hosted', `Store ${number} back office`, site(`office.store-${number}.example`));
};

/** `count` applications of the main account, at least one of every type, and a few of two of its zones. */
export function seedAccessApps(count: number): AccessAppRecord[] {
	const accountId = seedIds.mainAccount;
	const named = ofEveryType();
	const apps = Array.from({ length: count }, (_, index) =>
		index < named.length ? named[index] : generated(index - named.length),
	);
	const [com, enterprise] = [seedIds.zones['example.com'], seedIds.zones['enterprise.example']];
	return [
		...apps.map((each) => ({ accountId, app: each })),
		{
			accountId,
			zoneId: com,
			app: app('self_hosted', 'Staging Shop', site('staging.example.com')),
		},
		{
			accountId,
			zoneId: com,
			app: app('bookmark', 'Shop Manual', { domain: 'example.com/manual' }, []),
		},
		{ accountId, zoneId: com, app: app('ssh', 'Shop Shell', site('shell.example.com')) },
		{ accountId, zoneId: enterprise, app: app('vnc', 'Kiosk', site('kiosk.enterprise.example')) },
	];
}
