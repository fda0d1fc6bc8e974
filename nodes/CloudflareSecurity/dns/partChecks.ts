import { formatNetwork, isSingleAddress, parseNetwork } from '../firewall/ipAddress';
import { toAscii } from './names';

/** Gives a part of a record in the form in which it is sent and compared, or undefined when it does not fit. */
export interface PartCheck {
	/** What fits, as a noun phrase. */
	expected: string;
	clean: (value: unknown) => string | number | undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Expressions give numbers as text. */
function numberOf(value: unknown): number | undefined {
	const isNumeric = isText(value) && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value);
	const number = isNumeric ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export const decimal = (min: number, max: number): PartCheck => ({
	expected: `a number from ${min} to ${max}`,
	clean: (value) => {
		const number = numberOf(value);
		return number !== undefined && number >= min && number <= max ? number : undefined;
	},
});

export const whole = (min: number, max: number): PartCheck => ({
	expected: `a whole number from ${min} to ${max}`,
	clean: (value) => {
		const number = decimal(min, max).clean(value);
		return Number.isInteger(number) ? number : undefined;
	},
});

export const uint8 = whole(0, 255);
export const uint16 = whole(0, 65_535);

export const word = (...words: string[]): PartCheck => ({
	expected: `one of: ${words.join(', ')}`,
	clean: (value) => (isText(value) && words.includes(value.trim()) ? value.trim() : undefined),
});

const isLine = (value: unknown): value is string => isText(value) && !/[\r\n]/.test(value);

/** May be empty. */
export const line: PartCheck = {
	expected: 'a text without line breaks',
	clean: (value) => (isLine(value) ? value : undefined),
};

export const filledLine: PartCheck = {
	expected: 'a text without line breaks',
	clean: (value) => (isLine(value) && value.trim() !== '' ? value.trim() : undefined),
};

export const hex: PartCheck = {
	expected: 'pairs of hexadecimal digits',
	clean: (value) => {
		const digits = isText(value) ? value.replace(/\s/g, '') : '';
		return /^(?:[0-9a-f]{2})+$/i.test(digits) ? digits.toLowerCase() : undefined;
	},
};

export const base64: PartCheck = {
	expected: 'Base64 text',
	clean: (value) => {
		const text = isText(value) ? value.replace(/\s/g, '') : '';
		return /^[a-z0-9+/]+={0,2}$/i.test(text) ? text : undefined;
	},
};

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** The name of a host, in small letters, in Punycode and without its final dot; undefined when it is none. */
function hostName(value: unknown): string | undefined {
	if (!isText(value)) return undefined;
	const name = toAscii(value.trim().replace(/\.$/, ''));
	const labels = name.split('.');
	const isName = name.length <= 253 && labels.every((label) => LABEL.test(label));
	// 192.0.2.1 would pass as labels.
	return isName && !/^\d+$/.test(labels[labels.length - 1]) ? name : undefined;
}

export const host: PartCheck = { expected: 'a host name', clean: hostName };

/** A lone dot stands for no host (RFC 7505 for MX, RFC 2782 for SRV, RFC 9460 for SVCB and HTTPS). */
export const hostOrDot: PartCheck = {
	expected: 'a host name, or a dot for none',
	clean: (value) => (isText(value) && value.trim() === '.' ? '.' : hostName(value)),
};

const address = (version: 4 | 6): PartCheck => ({
	expected: `an IPv${version} address`,
	clean: (value) => {
		if (!isText(value) || value.includes('/')) return undefined;
		const network = parseNetwork(value);
		const fits = network?.version === version && isSingleAddress(network);
		return fits ? formatNetwork(network) : undefined;
	},
});

export const ipv4 = address(4);
export const ipv6 = address(6);

/** Cloudflare docs: a record has at most 4,096 bytes; it splits text into strings of 255 bytes itself. */
const MAX_TEXT_BYTES = 4096;

export const text: PartCheck = {
	expected: `a text without line breaks, of at most ${MAX_TEXT_BYTES.toLocaleString('en-US')} bytes`,
	clean: (value) =>
		isLine(value) && value.trim() !== '' && new TextEncoder().encode(value).length <= MAX_TEXT_BYTES
			? value
			: undefined,
};
