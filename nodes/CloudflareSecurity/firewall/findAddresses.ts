import { cleanAddress, type CleanedAddress } from './cleanAddress';
import { formatNetwork, parseNetwork } from './ipAddress';
import { contains, unmapped } from './network';
import { refang } from './refang';
import { GLOBAL_UNICAST_IPV6 } from './specialNetworks';

export interface FoundAddress extends CleanedAddress {
	/** The address or network as it stands in the text, after defanging was undone. */
	readonly text: string;
}

export interface FoundAddresses {
	/** In the order of the text, each network once. */
	readonly addresses: readonly FoundAddress[];
	/** The text holds more than the limit: what is missing was not looked at. */
	readonly more: boolean;
}

interface Word {
	readonly text: string;
	/** Where it starts and ends in the text, without what was trimmed. */
	readonly start: number;
	readonly end: number;
}

interface Candidate {
	readonly address: string;
	/** A name and a colon stood before it. */
	readonly named: boolean;
	readonly hasPort: boolean;
}

/**
 * What can be one word with an address. Letters of scripts that write words without blanks between them (Chinese, Thai)
 * are not in it, so that addresses in such text are found; digits of all scripts, dots that look like dots and invisible
 * characters are, so that what looks like a longer number is not cut.
 */
const WORD =
	/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{Nd}\p{Cf}_.:%\u2024\uff0e-]+/gu;
const INVISIBLE = /^\p{Cf}$/u;
/**
 * Line breaks, tabs, quotation marks and angle brackets that were quoted for JSON: without this, `\n192.0.2.1` would be
 * the word "n192.0.2.1".
 */
const QUOTED_MARK = /\\{1,4}(?:[nrt]|u00(?:0[9ad]|2[267]|3[ce]))/gi;
/** `2000::` */
const SHORTEST_ADDRESS = 6;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const PORT = /^\d{1,5}$/;
/** What a part of an address, a time or a hardware address is made of. */
const NUMERIC = /^[\d.a-f]*$/i;

/**
 * Finds the addresses and networks in a free text such as an alert's message, defanged ones included.
 *
 * An address counts when it stands alone, has a port, follows `name:`, or is the host of a URL. Left out is what is more
 * often something else: after a single slash (`Chrome/120.0.0.0`, a path), before an @, with further numbers, letters or
 * hyphens attached (`1.2.3.4.5`, `v1.2.3.4`, `1.2.3.4-beta`, times, hardware addresses, hashes), with dots that stand for
 * a left-out end, and IPv6 outside of global unicast (`face::`), which no visitor has. A version written as `1.2.3.4`
 * cannot be told from an address. Takes time in proportion to the text.
 *
 * @param limit how many different networks to return at most
 */
export function findAddresses(freeText: string, limit: number): FoundAddresses {
	const text = refang(freeText).replace(QUOTED_MARK, ' ');
	const words = [...text.matchAll(WORD)];
	const seen = new Set<string>();
	const found = new Map<string, FoundAddress>();
	for (const [index, word] of words.entries()) {
		if (word[0].length < SHORTEST_ADDRESS) continue;
		const written = addressAt(text, trimmed(word), words[index + 1]);
		if (written === undefined || seen.has(written)) continue;
		seen.add(written);
		const network = parseNetwork(written);
		if (!network) continue;
		const key = formatNetwork(unmapped(network));
		if (found.has(key)) continue;
		const cleaned = cleanAddress(written);
		if (!('network' in cleaned)) continue;
		if (found.size >= limit) return { addresses: [...found.values()], more: true };
		found.set(key, { ...cleaned, text: written });
	}
	return { addresses: [...found.values()], more: false };
}

/** Takes off what belongs to the sentence: invisible characters, hyphens, one dot or colon at an end. */
function trimmed({ 0: word, index: position }: RegExpExecArray): Word {
	let start = 0;
	let end = word.length;
	while (start < end && isLoose(word[start], word[start + 1], '')) start++;
	while (end > start && isLoose(word[end - 1], word[end - 2], '.')) end--;
	return { text: word.slice(start, end), start: position + start, end: position + end };
}

function isLoose(character: string, inner: string | undefined, dot: string): boolean {
	if (character === '-' || INVISIBLE.test(character)) return true;
	// Two colons belong to the address, two dots stand for something left out.
	return (character === ':' || character === dot) && inner !== character;
}

/** The address in a word, with its prefix length where one follows; undefined where it is more likely something else. */
function addressAt(
	text: string,
	word: Word,
	following: RegExpExecArray | undefined,
): string | undefined {
	const candidate = candidateIn(word.text);
	if (!candidate) return undefined;
	const inBrackets = text[word.start - 1] === '[' && text[word.end] === ']';
	const start = inBrackets ? word.start - 1 : word.start;
	const end = inBrackets ? word.end + 1 : word.end;
	const isUrl = text[start - 1] === '/' && text[start - 2] === '/';
	if (text[start - 1] === '/' && (!isUrl || candidate.named)) return undefined;
	if (text[end] === '@' || text[end] === '…') return undefined;
	const { address, hasPort } = candidate;
	// In a URL, a path follows.
	if (text[end] !== '/' || isUrl || hasPort || text[start - 1] === '@') return address;
	const next = following?.index === end + 1 ? trimmed(following) : undefined;
	if (next?.start !== end + 1 || !/^\d/.test(next.text)) return address;
	return text[next.end] === '/' ? undefined : `${address}/${next.text}`;
}

function candidateIn(word: string): Candidate | undefined {
	const parts = word.split(':');
	const names = parts.reduce((last, part, index) => (NUMERIC.test(part) ? last : index + 1), 0);
	const rest = parts.slice(names);
	const named = names > 0;
	if (rest.length > 2 && isVisitorIpv6(rest.join(':'))) {
		return { address: rest.join(':'), named, hasPort: false };
	}
	const [first, second, third] = rest;
	if (rest.length === 1 && IPV4.test(first)) return { address: first, named, hasPort: false };
	if (rest.length === 2 && IPV4.test(first) && PORT.test(second)) {
		return { address: first, named, hasPort: true };
	}
	// One number or hexadecimal-looking name before it, as in `12:192.0.2.1`; two may be a time or half of IPv6.
	if (rest.length > 3 || !/^[^.]+$/.test(first ?? '') || !IPV4.test(second ?? '')) return undefined;
	if (rest.length === 2) return { address: second, named: true, hasPort: false };
	return PORT.test(third) ? { address: second, named: true, hasPort: true } : undefined;
}

function isVisitorIpv6(text: string): boolean {
	const network = parseNetwork(text);
	if (network?.version !== 6) return false;
	return contains(GLOBAL_UNICAST_IPV6, network) || unmapped(network) !== network;
}
