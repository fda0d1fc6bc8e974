import { ApiError } from '../errors.cjs';

// Sources: answers quoted in public issues. Since October 2024 the cause is the top-level error; before, it was chained
// below 1004. Codes marked as stand-ins are not published.
const refusal = (code: number, message: string): ApiError => new ApiError(400, { code, message });

export const unusableBody = () => refusal(9207, 'Content-type must be application/json.');
export const badName = () => refusal(9000, 'DNS name is invalid.');
/** A stand-in for the family of validation errors that have no published code. */
export const invalidRecord = (reason: string) => refusal(1004, `DNS Validation Error: ${reason}`);
export const badA = () => refusal(9005, 'Content for A record must be a valid IPv4 address.');
export const badAaaa = () => refusal(9006, 'Content for AAAA record must be a valid IPv6 address.');
export const badCname = () => refusal(9007, 'Content for CNAME record is invalid.');
/** The code is a stand-in. */
export const badHost = (type: string) => refusal(9008, `Content for ${type} record is invalid.`);
export const badTtl = (least: number) =>
	refusal(9021, `Invalid TTL. Must be between ${least} and 86400 seconds, or 1 for Automatic.`);
export const notProxiable = () => refusal(9041, 'Invalid proxied mode. Record cannot be proxied');
export const badTxt = () => refusal(9051, 'Invalid TXT record.');
/** The code is a stand-in. */
export const missingPart = (part: string) => refusal(9101, `${part} is a required data field.`);
export const tooManyTags = (given: number, quota: number) =>
	refusal(9300, `DNS record has ${given} tags, exceeding the quota of ${quota}.`);

export const noRecord = () => new ApiError(404, { code: 81044, message: 'Record does not exist.' });
export const quotaExceeded = () => refusal(81045, 'Record quota exceeded.');
export const addressOrCnameExists = () =>
	refusal(81053, 'An A, AAAA, or CNAME record with that host already exists.');
export const cnameExists = () => refusal(81054, 'A CNAME record with that host already exists.');
/** The code is a stand-in. */
export const nsExists = () => refusal(81056, 'NS records with that host already exist.');
export const duplicate = (code: 81057 | 81058) =>
	refusal(
		code,
		code === 81057 ? 'The record already exists.' : 'An identical record already exists.',
	);
