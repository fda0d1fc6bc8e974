/**
 * For expressions: the text that a field holds. An expression there may come to anything; of what is neither text nor number
 * a text cannot always be made, and n8n then asks for another address.
 */
export const textIn = (field: string): string =>
	`(["string", "number"].includes(typeof $credentials.${field}) ? "" + $credentials.${field} : "")`;
