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

/** Each byte of the UTF-8 as one character. */
const bytesOf = (text: string) =>
	Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

/** RFC 1035, section 5.1: \DDD is the byte of that number, \X is X. Bytes in and out. */
const unescaped = (bytes: string) =>
	bytes.replace(/\\(\d{3}|[^])/g, (_, what: string) =>
		what.length === 3 && Number(what) < 256 ? String.fromCharCode(Number(what)) : what,
	);

/**
 * What a TXT record says, for comparing: its bytes, whether they come bare or as quoted strings. Cloudflare answers in
 * the form of zone files, and writes ä as \195\164 (libdns/cloudflare pull request 33).
 */
export function plainText(content: string): string {
	const quoted = /^\s*"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*\s*$/;
	const strings = quoted.test(content)
		? (content.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((part) => part.slice(1, -1))
		: [content];
	return strings.map((part) => unescaped(bytesOf(part))).join('');
}
