import { ApiError } from '../errors.cjs';

// Source: answers quoted in public issues and integrations, except for the codes marked as stand-ins.
const refusal = (status: number, code: number, message: string): ApiError =>
	new ApiError(status, { code, message: `firewallaccessrules.api.${message}` });

export const duplicate = () => refusal(400, 10009, 'duplicate_of_existing');
export const notEntitled = () => refusal(403, 10010, 'not_entitled');
export const noRule = () => refusal(404, 10001, 'not_found');
/** The code is a stand-in. */
export const invalid = (...reasons: string[]) =>
	refusal(400, 10002, `validation_error:${reasons.join(',')}`);
/** The code and the text are stand-ins. */
export const quotaExceeded = () => refusal(400, 10011, 'quota_exceeded');
