import type { Credential } from './credentials.cjs';
import * as errors from './errors.cjs';
import type { Requirement } from './permissions.cjs';
import type { State } from './state.cjs';

export const ANONYMOUS: Credential = {
	name: 'anonymous',
	id: '',
	secret: '',
	status: 'active',
	permissions: [],
	accounts: [],
	zones: [],
};

// No check by prefix or length beyond this: old tokens have 40 characters and no prefix.
const TOKEN = /^(?!cfk_)[A-Za-z0-9_-]{40,}$/;
const KEY = /^(?:[0-9a-f]{37,45}|cfk_[A-Za-z0-9_-]{40,})$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** The known credential that the headers carry, if any; for records, so it never throws. */
export function identify(headers: Headers, state: State): Credential | undefined {
	const token = headers.get('authorization')?.replace(/^Bearer /, '');
	const [email, key] = [headers.get('x-auth-email'), headers.get('x-auth-key')];
	return state.credentials.find((each) =>
		each.email === undefined
			? each.secret === token
			: token === undefined && each.secret === key && each.email === email,
	);
}

export const hasCredentials = (headers: Headers): boolean =>
	['authorization', 'x-auth-key', 'x-auth-email'].some((name) => headers.has(name));

/** Throws when the headers are not even of the right form. */
function checkForm(headers: Headers): void {
	const authorization = headers.get('authorization');
	const [email, key] = [headers.get('x-auth-email'), headers.get('x-auth-key')];
	if (authorization !== null) {
		const [scheme, token, ...rest] = authorization.split(' ');
		if (scheme !== 'Bearer' || rest.length > 0 || !TOKEN.test(token ?? ''))
			throw errors.badAuthorizationFormat();
		return;
	}
	if (email === null || key === null) throw errors.noCredentials();
	if (!EMAIL.test(email)) throw errors.badEmailFormat();
	if (!KEY.test(key)) throw errors.badKeyFormat();
}

function badToken(style: Requirement['style']): errors.ApiError {
	if (style === 'verify') return errors.invalidApiToken();
	return style === 'product' ? errors.authenticationError() : errors.invalidAccessToken();
}

/** The credential of the request. Throws the refusal that the called service would give. */
export function authenticate(
	headers: Headers,
	state: State,
	style: Requirement['style'],
): Credential {
	if (style === 'open' && !hasCredentials(headers)) return ANONYMOUS;
	checkForm(headers);
	const credential = identify(headers, state);
	if (credential === undefined) {
		throw headers.has('authorization') ? badToken(style) : errors.unknownKey();
	}
	if (credential.refusedLocation !== undefined)
		throw errors.wrongLocation(credential.refusedLocation);
	const verifiesDisabled = style === 'verify' && credential.status === 'disabled';
	if (credential.status !== 'active' && !verifiesDisabled) throw badToken(style);
	if (style === 'user' && credential.ownedBy !== undefined) throw errors.notUserLevel();
	return credential;
}
