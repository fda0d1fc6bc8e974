import { ApiError } from '../errors.cjs';

// Source of both texts and codes: answers quoted in public issues. The status of the first is a stand-in.
export const accessNotEnabled = () =>
	new ApiError(400, {
		code: 9999,
		message:
			"access.api.error.not_enabled: Access is not enabled. Visit the Access dashboard at https://dash.cloudflare.com/ and click the 'Enable Access' button.",
	});
export const unknownApplication = () =>
	new ApiError(404, { code: 11021, message: 'access.api.error.unknown_application' });
