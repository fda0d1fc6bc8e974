import { inspect, types } from 'node:util';

const MAX_DEPTH = 15;

/** The forms in which a secret can leak: as it is, URI-encoded, within JSON text, within base64 at any alignment. */
function formsOf(secret: string): string[] {
	const base64 = [0, 1, 2].flatMap((offset) => {
		const text = Buffer.from(' '.repeat(offset) + secret).toString('base64');
		// Only what does not depend on the text before and after the secret.
		const whole = text.slice(
			Math.ceil((offset * 8) / 6),
			Math.floor(((offset + Buffer.byteLength(secret)) * 8) / 6),
		);
		return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
	});
	// Half of a surrogate pair has no form in a URL.
	const encoded = /\p{Cs}/u.test(secret) ? [] : [encodeURIComponent(secret)];
	return [secret, ...encoded, JSON.stringify(secret).slice(1, -1), ...base64];
}

function* findIn(
	value: unknown,
	forms: string[],
	path: string,
	seen: Set<object>,
): Generator<string> {
	const has = (text: string) => forms.some((form) => text.includes(form));
	if (typeof value === 'string') {
		if (has(value)) yield path;
		return;
	}
	if (typeof value !== 'object' || value === null || seen.has(value)) return;
	seen.add(value);
	if (path.split('.').length > MAX_DEPTH) return;
	if (Buffer.isBuffer(value) || types.isUint8Array(value)) {
		if (has(Buffer.from(value).toString('latin1'))) yield path;
		return;
	}
	if (types.isMap(value) || types.isSet(value)) {
		yield* findIn([...value], forms, `${path}.entries()`, seen);
	}
	// Hidden and symbol keys too: an error's cause and stack are hidden, a request's headers are behind a symbol.
	for (const key of Reflect.ownKeys(value)) {
		if (has(String(key))) yield `${path} (a key)`;
		let child: unknown;
		try {
			child = (value as Record<PropertyKey, unknown>)[key];
		} catch {
			continue;
		}
		yield* findIn(child, forms, `${path}.${String(key)}`, seen);
	}
	if (types.isNativeError(value) && has(inspect(value, { depth: MAX_DEPTH }))) {
		yield `inspect(${path})`;
	}
}

/**
 * Fails when a secret can be found anywhere in a value: items, errors with cause, context and stack, logs.
 *
 * @param value anything; a whole result of runNode too
 * @throws with the places, without the secret
 */
export function expectNoSecret(value: unknown, secrets: string[]): void {
	const places = secrets.flatMap((secret, index) => {
		if (secret === '') throw new Error(`Secret ${index} is empty: it would be found everywhere`);
		return [...findIn(value, formsOf(secret), 'value', new Set())].map(
			(place) => `secret ${index} at ${place}`,
		);
	});
	if (places.length > 0) throw new Error(`A secret was found:\n${places.slice(0, 20).join('\n')}`);
}
