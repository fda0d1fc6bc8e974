import { ApiError } from '../errors.cjs';

/** Version 2 gives a message and no code. Source: its declared error type, and Cloudflare's own tools. */
export const v2Refusal = (message: string, status = 400): ApiError =>
	new ApiError(status, { message });
