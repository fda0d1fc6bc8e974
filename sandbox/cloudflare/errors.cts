// Every error that the stand-in can answer. Source: answers quoted in public issues and Cloudflare's error pages;
// codes that are not published are marked as stand-ins.
export interface ErrorEntry {
	/** Absent in version 2 of the audit logs alone. */
	code?: number;
	message: string;
	source?: { pointer: string };
	error_chain?: Array<{ code: number; message: string }>;
}

/** A refusal: the HTTP status with its errors. */
export class ApiError extends Error {
	readonly errors: ErrorEntry[];

	constructor(
		readonly status: number,
		errors: ErrorEntry | ErrorEntry[],
		readonly headers: Record<string, string> = {},
	) {
		const list = Array.isArray(errors) ? errors : [errors];
		super(list.map(({ code, message }) => `${code} ${message}`).join('; '));
		this.errors = list;
	}
}

const chained = (code: number, message: string): ApiError =>
	new ApiError(400, {
		code: 6003,
		message: 'Invalid request headers',
		error_chain: [{ code, message }],
	});
const simple = (status: number, code: number, message: string): ApiError =>
	new ApiError(status, { code, message });

export const noCredentials = () =>
	simple(400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers');
export const badAuthorizationFormat = () =>
	chained(6111, 'Invalid format for Authorization header');
export const badKeyFormat = () => chained(6103, 'Invalid format for X-Auth-Key header');
export const badEmailFormat = () => chained(6102, 'Invalid format for X-Auth-Email header');
export const badContentType = () =>
	chained(
		6105,
		'Invalid Content-Type header, valid values are application/json,multipart/form-data',
	);
export const unknownKey = () => simple(403, 9103, 'Unknown X-Auth-Key or X-Auth-Email');
export const invalidApiToken = () => simple(401, 1000, 'Invalid API Token');
export const invalidAccessToken = () => simple(403, 9109, 'Invalid access token');
export const authenticationError = () => simple(403, 10000, 'Authentication error');
export const unauthorized = () => simple(403, 9109, 'Unauthorized to access requested resource');
export const notUserLevel = () => simple(403, 9109, 'Valid user-level authentication not found');
export const wrongLocation = (address: string) =>
	simple(403, 9109, `Cannot use the access token from location: ${address}`);
export const lockedOut = () =>
	simple(403, 9109, 'Max auth failures reached, please check your Authorization header.');
export const methodNotAllowed = () =>
	simple(405, 10405, 'Method not allowed for this authentication scheme');
export const malformedJson = () => simple(400, 6007, 'Malformed JSON in request body');

export const noRoute = (path: string) =>
	new ApiError(404, [
		{
			code: 7003,
			message: `Could not route to /client/v4${path}, perhaps your object identifier is invalid?`,
		},
		{ code: 7000, message: 'No route for that URI' },
	]);

export const tooManyRequests = (quota: number, windowSeconds: number, retryAfter: number) =>
	new ApiError(
		429,
		{
			code: 10100,
			message: `More than ${quota} requests per ${windowSeconds} seconds reached. Please wait and consider throttling your request speed`,
		},
		{ 'retry-after': String(retryAfter) },
	);
/** The limit for one ruleset; the text is a stand-in. */
export const tooManyRulesetWrites = (retryAfter: number) =>
	new ApiError(
		429,
		{ code: 971, message: 'Please wait and consider throttling your request speed' },
		{ 'retry-after': String(retryAfter) },
	);

/** The code is a stand-in. */
export const badQuery = (name: string, value: string) =>
	simple(400, 1001, `Invalid value "${value}" for query parameter "${name}"`);

export const noEntryPoint = (phase: string) =>
	simple(404, 10003, `could not find entrypoint ruleset in the ${phase} phase`);
/** The code is a stand-in. */
export const notFound = (what: string) => simple(404, 10001, `could not find ${what}`);

/** One finding of the ruleset validation. The default code is a stand-in for the family 20xxx. */
export const invalid = (pointer: string, message: string, code = 20000): ErrorEntry => ({
	code,
	message,
	source: { pointer },
});
export const invalidValue = (
	pointer: string,
	name: string,
	value: unknown,
	reason: string,
	code?: number,
): ErrorEntry =>
	invalid(
		pointer,
		`'${typeof value === 'string' ? value : JSON.stringify(value)}' is not a valid value for ${name} because ${reason}`,
		code,
	);
export const refused = (...entries: ErrorEntry[]) => new ApiError(400, entries);
