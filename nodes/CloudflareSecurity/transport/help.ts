/** Where the package is at home, as package.json says. */
const HOMEPAGE = 'https://example.com/n8n-nodes-cloudflare-security';

/**
 * The address of an entry of the help.
 * @param heading as it stands in docs/troubleshooting.md; the anchor is made of it as GitHub does
 */
export function helpFor(heading: string): string {
	const anchor = heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
		.replaceAll(' ', '-');
	return `${HOMEPAGE}/blob/main/docs/troubleshooting.md#${anchor}`;
}
