import { BLOCKING_REQUIREMENTS } from './blockingRequirements.cjs';
import type { Credential } from './credentials.cjs';
import { ApiError, authenticationError, methodNotAllowed, unauthorized } from './errors.cjs';
import { INVESTIGATION_REQUIREMENTS } from './investigationRequirements.cjs';
import { RECORDS_REQUIREMENTS } from './recordsRequirements.cjs';
import { ACCOUNT_PERMISSIONS, ZONE_PERMISSIONS } from './rulesets/phases.cjs';
import type { Zone } from './types.cjs';

export interface Requirement {
	/** Any one of these permission groups serves; none is needed when empty. */
	anyOf: readonly string[];
	access: 'Read' | 'Write';
	/** How refusals are worded: products behind the gateway say less than the gateway itself. */
	style: 'open' | 'verify' | 'user' | 'gateway' | 'product';
}

const need = (
	style: Requirement['style'],
	anyOf: readonly string[] = [],
	access: Requirement['access'] = 'Read',
): Requirement => ({ style, anyOf, access });

const rulesets = <P extends '/zones/:zone_id' | '/accounts/:account_id'>(
	scope: P,
	groups: readonly string[],
) => {
	const read = need('product', groups);
	const write = need('product', groups, 'Write');
	const base = `${scope}/rulesets` as const;
	const entryPoint = `${base}/phases/:phase/entrypoint` as const;
	const one = `${base}/:ruleset_id` as const;
	return {
		[`GET ${base}`]: read,
		[`POST ${base}`]: write,
		[`GET ${entryPoint}`]: read,
		[`PUT ${entryPoint}`]: write,
		[`GET ${entryPoint}/versions`]: read,
		[`GET ${entryPoint}/versions/:version`]: read,
		[`GET ${one}`]: read,
		[`PUT ${one}`]: write,
		[`DELETE ${one}`]: write,
		[`GET ${one}/versions`]: read,
		[`GET ${one}/versions/:version`]: read,
		[`DELETE ${one}/versions/:version`]: write,
		[`POST ${one}/rules`]: write,
		[`PATCH ${one}/rules/:rule_id`]: write,
		[`DELETE ${one}/rules/:rule_id`]: write,
	};
};

/** Every route that the stand-in serves, with what it asks of the credential. */
export const REQUIREMENTS: Readonly<Record<string, Requirement>> = {
	'GET /ips': need('open'),
	'GET /user': need('user', ['User Details']),
	'GET /user/tokens/verify': need('verify'),
	'GET /accounts/:account_id/tokens/verify': need('verify'),
	'GET /accounts': need('gateway'),
	'GET /accounts/:account_id': need('gateway', ['Account Settings']),
	'GET /zones': need('gateway', ['Zone']),
	'GET /zones/:zone_id': need('gateway', ['Zone']),
	...rulesets('/zones/:zone_id', ZONE_PERMISSIONS),
	...rulesets('/accounts/:account_id', ACCOUNT_PERMISSIONS),
	...RECORDS_REQUIREMENTS,
	...INVESTIGATION_REQUIREMENTS,
	...BLOCKING_REQUIREMENTS,
};

export function has(credential: Credential, group: string, access: 'Read' | 'Write'): boolean {
	const { permissions } = credential;
	if (permissions === 'all') return true;
	if (permissions === 'read') return access === 'Read';
	// Cache Purge alone has neither Read nor Write in its name.
	const names = [group, `${group} Write`, `${group} ${access}`];
	return names.some((name) => permissions.includes(name));
}

/** The credential with the rights that it has in a zone. */
export function inZone(credential: Credential, zoneId: string | undefined): Credential {
	const permissions = zoneId === undefined ? undefined : credential.exceptions?.[zoneId];
	return permissions === undefined ? credential : { ...credential, permissions };
}

/** The refusal of a resource that the credential does not reach. */
export const outOfReach = (style: Requirement['style']): ApiError =>
	style === 'product' ? authenticationError() : unauthorized();

/** Throws unless the credential has one of the groups. */
export function require(credential: Credential, { anyOf, access, style }: Requirement): void {
	if (anyOf.length === 0 || anyOf.some((group) => has(credential, group, access))) return;
	// A credential that may read but not write is told so as a wrong method.
	if (access === 'Write' && anyOf.some((group) => has(credential, group, 'Read')))
		throw methodNotAllowed();
	throw outOfReach(style);
}

export const seesAccount = (credential: Credential, accountId: string): boolean =>
	credential.accounts === 'all' || credential.accounts.includes(accountId);

export const seesZone = (credential: Credential, zone: Zone): boolean =>
	credential.zones === 'all'
		? seesAccount(credential, zone.account.id)
		: credential.zones.includes(zone.id);
