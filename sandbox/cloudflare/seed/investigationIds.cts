import { uuid } from './ids.cjs';

/** Ids of well-known insights, Access applications and notification policies. */
export const investigationIds = {
	insights: {
		/** example.com: a dangling A record; critical, active, unclassified, with a full payload of its own. */
		danglingRecord: uuid('insight', 'danglingRecord'),
		/** example.com: DMARC; moderate, active, unclassified. */
		dmarc: uuid('insight', 'dmarc'),
		/** example.net: HSTS; classified as an accepted risk. */
		acceptedRisk: uuid('insight', 'acceptedRisk'),
		/** example.org: an exposed RDP server; dismissed. */
		dismissed: uuid('insight', 'dismissed'),
		/** Of the main account itself, and of no zone. */
		accountLevel: uuid('insight', 'accountLevel'),
	},
	accessApps: {
		/** Self-hosted at admin.example.com, with three policies. */
		adminSite: uuid('access-app', 'Admin Site'),
		/** Self-hosted, with 30 policies. */
		partnerPortal: uuid('access-app', 'Partner Portal'),
		/** Self-hosted, and nobody wrote a policy. */
		forgottenWiki: uuid('access-app', 'Forgotten Wiki'),
		/** Infrastructure (SSH), found by its target attributes. */
		productionServers: uuid('access-app', 'Production Servers'),
		/** Of the zone example.com, with one policy. */
		zoneStaging: uuid('access-app', 'Staging Shop'),
	},
	alertPolicies: {
		/** Three destinations: two e-mail addresses and PagerDuty. */
		httpDdos: uuid('alert-policy', 'dos_attack_l7'),
	},
} as const;
