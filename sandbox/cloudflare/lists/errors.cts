import { ApiError } from '../errors.cjs';

// Sources: 10028, 10031 and 10026 are quoted in public issues with these texts; 10043 to 10048 are Cloudflare's error
// pages. Codes marked as stand-ins are not published.
const refusal = (code: number, message: string, status = 400): ApiError =>
	new ApiError(status, { code, message });

export const invalidJson = () => refusal(10026, 'filters.api.invalid_json');
export const duplicateItem = (value: string, name: string) =>
	refusal(
		10028,
		`${value} is not a valid value for ${name} because filters.api.duplicate_item_value`,
	);
export const listInUse = () => refusal(10031, 'filters.api.ip_list_in_use');

export const longSource = () => refusal(10043, 'source URL in redirect is too long');
export const longTarget = () => refusal(10044, 'target URL in redirect is too long');
export const badSource = () => refusal(10045, 'invalid redirect source URL');
export const badTarget = () => refusal(10046, 'invalid redirect target URL');
export const badStatus = () => refusal(10047, 'invalid redirect status code');
export const suffixWithoutSubpaths = () =>
	refusal(10048, 'preserve path suffix requires subpath matching enabled');

/** The code and the text are stand-ins, as in all that follow. */
export const invalidValue = (value: unknown, name: string, reason: string) => {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return refusal(10027, `${text} is not a valid value for ${name} because ${reason}`);
};
export const duplicateName = (name: string) =>
	refusal(
		10032,
		`${name} is not a valid value for name because a list of this name exists already`,
	);
export const tooManyLists = (limit: number) =>
	refusal(10033, `exceeded maximum number of lists: ${limit}`);
export const notEntitled = (kind: string) =>
	refusal(10034, `not entitled to use lists of kind ${kind}`, 403);
export const noList = () => refusal(10001, 'could not find list', 404);
export const noItem = () => refusal(10001, 'could not find list item', 404);
export const noOperation = () => refusal(10001, 'could not find bulk operation', 404);
export const tooLarge = () => refusal(10035, 'request entity too large', 413);

/** Source for the status: Cloudflare docs (October 2025). The code and the text are stand-ins. */
export const operationPending = (retryAfter: number | null) =>
	new ApiError(
		429,
		{
			code: 10036,
			message:
				'an outstanding bulk operation is in progress, please submit the request again later',
		},
		retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
	);

/** How a bulk operation fails that has no room. Source: an answer quoted in a public issue. */
export const FULL = 'This list is at the maximum number of items';
