/** A domain name in small letters and in Punycode, as records hold it; labels that cannot be put so stay as they are. */
export function toAscii(name: string): string {
	const lower = name.toLowerCase();
	// The whole range of ASCII, control characters included.
	if (/^\p{ASCII}*$/u.test(lower)) return lower;
	const address = `http://${lower}`;
	return URL.canParse(address) ? new URL(address).hostname : lower;
}

/**
 * The complete name that Cloudflare gives to a record.
 * @param given `@` for the zone itself, a name below the zone, or the complete name
 * @param zoneName also in Unicode, as zones have it
 */
export function fullName(given: string, zoneName: string): string {
	const zone = toAscii(zoneName);
	const name = toAscii(given.trim().replace(/\.$/, ''));
	if (name === '@' || name === zone) return zone;
	return name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

/** The text of a TXT record, whether it comes bare or as quoted strings, for comparing. */
export function plainText(content: string): string {
	const quoted = /^\s*"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*\s*$/;
	if (!quoted.test(content)) return content;
	const strings = content.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
	return strings.map((part) => part.slice(1, -1).replace(/\\(.)/g, '$1')).join('');
}
