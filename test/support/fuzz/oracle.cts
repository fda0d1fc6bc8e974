/** What must hold after any run, whatever was put into the fields or came back from the API. */
import { inspect } from 'node:util';
import { readExpression, type Node } from '../rulesLanguageReader.cjs';
import { MARK } from './hostile.cjs';
import { Endless, lightSecret, type LightRun, type Sent } from './lightHost.cjs';
import { routeOf } from './routes.cjs';

const BASE_URL = 'https://api.cloudflare.com/client/v4';
const MOST_CHARACTERS = 5_000;

/** Words of the JavaScript engine and of libraries that no user should read. */
const CRASH =
	/Cannot (?:read|set|convert|destructure|create|mix|assign|delete|define)|is not (?:a function|iterable|defined|an object|a constructor|extensible)|Invalid (?:time value|array length|string length|URL|count value|Date)|Maximum call stack|Reduce of empty|Converting circular|serialize a BigInt|mix BigInt|Unexpected (?:token|end|non-whitespace)|URI malformed|must be of type|ERR_[A-Z]|\bundefined\b|\[object \w+\]|\bNaN\b|Symbol\(/;

/** The kinds in which problems are counted. */
export type Problem = { kind: 'crash' | 'outside' | 'broken out'; text: string };

const problem = (kind: Problem['kind'], text: string): Problem => ({ kind, text });

interface Told extends Error {
	description?: string | null;
	context?: { cloudflare?: { kind?: string } };
}

/** What the node says about a failure: for people, of a bounded length, and of a kind that it knows. */
export function checkError(error: unknown, said: (text: string) => boolean): Problem[] {
	if (error instanceof Endless) return [problem('crash', error.message)];
	if (!(error instanceof Error)) return [problem('crash', `threw ${inspect(error)}`)];
	const { name, message, description, context } = error as Told;
	const text = `${message} ${description ?? ''}`;
	const kind = context?.cloudflare?.kind;
	const isOurs = /^Node(?:Api|Operation)Error$/.test(name);
	const isSaid = kind !== undefined || SAID_WITHOUT_KIND.test(message);
	const crash = CRASH.exec(text)?.[0];
	return [
		...(isOurs && isSaid ? [] : [problem('crash', `${name} of no known kind: ${text} ${(error as Error).stack}`)]), // prettier-ignore
		...(crash && !said(crash) ? [problem('crash', `no text for people: ${text}`)] : []),
		...(text.length > MOST_CHARACTERS ? [problem('crash', `${text.length} characters`)] : []),
	];
}

/** Of n8n's own errors too: that no program's words reach people. */
export function checkText(
	error: { message: string; description?: unknown } | undefined,
	given: string,
): Problem[] {
	if (error === undefined) return [];
	const text = `${error.message} ${typeof error.description === 'string' ? error.description : ''}`;
	const crash = CRASH.exec(text)?.[0];
	const isLong = text.length > MOST_CHARACTERS && text.length > given.length * 2;
	return (crash !== undefined && !given.includes(crash)) || isLong
		? [problem('crash', `no text for people: ${cut(text)}`)]
		: [];
}

const SAID_WITHOUT_KIND = /^There is no event yet that matches/;

export const kindOf = (error: unknown): string | undefined =>
	(error as Told | undefined)?.context?.cloudflare?.kind;

/** The whole address as the HTTP client makes it: an absolute one would take the place of the base. */
const addressOf = ({ baseURL, url }: Sent): string =>
	/^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(url) || !baseURL ? url : `${baseURL}${url}`;

const PLAIN_KEY = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*(?:~neq)?$/;

/** Where a request goes: the constant host, and an endpoint that the operation has to do with. */
function checkAddress(sent: Sent, isAllowed: (route: string) => boolean): Problem[] {
	const { baseURL, url, method = 'GET', qs = {} } = sent;
	const address = addressOf(sent);
	if (baseURL !== BASE_URL || !address.startsWith(`${BASE_URL}/`)) {
		return [problem('outside', `${method} ${address}`)];
	}
	const seen = new URL(address);
	if (seen.origin !== 'https://api.cloudflare.com') return [problem('outside', address)];
	if (seen.href !== address || seen.pathname !== `/client/v4${url}`) {
		return [problem('broken out', `${method} ${address} would be ${seen.href}`)];
	}
	const route = routeOf(method, url);
	if (route === undefined) return [problem('broken out', `${method} ${url} is no endpoint`)];
	if (!isAllowed(route)) return [problem('broken out', `${route} is not for this operation`)];
	return Object.entries(qs).flatMap(([name, value]) => {
		const isPlain = [value].flat().every((one) => ['string', 'number', 'boolean'].includes(typeof one)); // prettier-ignore
		if (!isPlain) return [problem('broken out', `query ${name} is ${inspect(value)}`)];
		if (typeof value === 'number' && !Number.isFinite(value)) return [problem('crash', `query ${name} is ${value}`)]; // prettier-ignore
		return PLAIN_KEY.test(name) && !name.includes(MARK) ? [] : [problem('broken out', `query key ${name}`)]; // prettier-ignore
	});
}

/** A name in a header of HTTP (RFC 9110, section 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/** A line break or another control character, as JSON writes it. */
const LINE = /\\(?:[rnbtf]|u00[01]|u007f)|\u007f/;

/** Keys that no operation of ours writes; those of a record of headers are the headers' names. */
function* strangeKeysIn(value: unknown, around = ''): Generator<string> {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, child] of Object.entries(value)) {
		const isUsual = /^[a-z]\w*$/i.test(key) && !key.includes(MARK);
		const isGood = isUsual || (around === 'headers' && TOKEN.test(key));
		if (!Array.isArray(value) && !isGood) yield key;
		if (around === 'headers' && LINE.test(JSON.stringify(child))) yield `a line in ${key}`;
		yield* strangeKeysIn(child, key);
	}
}

function* expressionsIn(value: unknown): Generator<string> {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, child] of Object.entries(value)) {
		if (key === 'expression' && typeof child === 'string') yield child;
		else yield* expressionsIn(child);
	}
}

/** An expression without its values: fields and operators, and how they are joined. */
export function shapeOf(node: Node): unknown {
	return JSON.parse(
		JSON.stringify(node, (key, value: unknown) =>
			key === 'value' || key === 'values' || key === 'list' ? '…' : value,
		),
	) as unknown;
}

/** Shapes of the expressions that a run sent. */
export function builtShapes({ sent }: LightRun<unknown>): ReadonlySet<string> {
	const built = sent.flatMap(({ body }) => [...expressionsIn(parsedOr(body))]);
	return new Set(built.flatMap((text) => shapeText(text) ?? []));
}

/** What came back before the run changed anything. */
function readBeforeWrites({ answers }: LightRun<unknown>): unknown[] {
	const firstWrite = answers.findIndex(({ sent }) => sent.method !== 'GET');
	const before = firstWrite < 0 ? answers : answers.slice(0, firstWrite);
	return before.map(({ answer }) => answer.body);
}

/** The expressions that a run found at the API before it changed anything. */
export const expressionsRead = (run: LightRun<unknown>): ReadonlySet<string> =>
	new Set(readBeforeWrites(run).flatMap((body) => [...expressionsIn(parsedOr(body))]));

/** What only adds or changes may take back what it made itself, and nothing that was there before. */
export function checkTakenBack(run: LightRun<unknown>): Problem[] {
	const before = readBeforeWrites(run).map(String).join();
	return run.sent
		.filter(({ method, url }) => method === 'DELETE' && before.includes(url.split('/').at(-1)!))
		.map(({ url }) => problem('broken out', `DELETE ${url}, which was there before`));
}

function parsedOr(text: unknown): unknown {
	try {
		return JSON.parse(text as string);
	} catch {
		return undefined;
	}
}

function shapeText(expression: string): string | undefined {
	try {
		return JSON.stringify(shapeOf(readExpression(expression)));
	} catch {
		return undefined;
	}
}

export interface Meant {
	/** Endpoints that the operation may use. */
	isAllowed(route: string): boolean;
	/** Expressions that are in the stand-in or typed by the user: nobody built them from values. */
	isGiven(expression: string): boolean;
	/** Shapes that built expressions may have; any when left out. */
	shapes?: ReadonlySet<string>;
	/** The field's value is a structure by design. */
	isStructured?: boolean;
}

function checkBody({ body }: Sent, meant: Meant): Problem[] {
	if (body === undefined) return [];
	let parsed: unknown;
	try {
		parsed = JSON.parse(body as string);
	} catch {
		return [problem('broken out', `a body that is no JSON: ${inspect(body)}`)];
	}
	const strange = [...strangeKeysIn(parsed)];
	const problems = meant.isStructured || strange.length === 0 ? [] : [problem('broken out', `keys ${inspect(strange)} in ${cut(body as string)}`)]; // prettier-ignore
	for (const expression of expressionsIn(parsed)) {
		if (meant.isGiven(expression)) continue;
		try {
			const shape = JSON.stringify(shapeOf(readExpression(expression)));
			if (meant.shapes && !meant.shapes.has(shape)) {
				problems.push(problem('broken out', `expression ${cut(expression)}`));
			}
		} catch (error) {
			problems.push(problem('broken out', `expression ${cut(expression)}: ${String(error)}`));
		}
	}
	return problems;
}

const cut = (text: string) => (text.length > 500 ? `${text.slice(0, 500)}…` : text);

const prototypeKeys = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const counts = prototypeKeys.map((one) => Reflect.ownKeys(one).length);

/** Nothing was put into what every object has. */
function checkPrototypes(): Problem[] {
	const changed = prototypeKeys.some((one, index) => Reflect.ownKeys(one).length !== counts[index]);
	for (const one of prototypeKeys) delete (one as Record<string, unknown>)[MARK];
	return changed ? [problem('broken out', 'a prototype has a new key')] : [];
}

/** Texts that the node itself makes, beside what the API or the user said. */
function checkItems(items: unknown, said: (text: string) => boolean): Problem[] {
	let text: string;
	try {
		text = JSON.stringify(items);
	} catch (error) {
		return [problem('crash', `the output cannot be saved: ${String(error)}`)];
	}
	const found = CRASH.exec(text);
	if (text.includes(lightSecret)) return [problem('broken out', 'the secret is in the output')];
	return found && !said(found[0]) ? [problem('crash', `${found[0]} in ${cut(text.slice(Math.max(0, found.index - 200)))}`)] : []; // prettier-ignore
}

export function checkRequests(sent: readonly Sent[], meant: Meant): Problem[] {
	return sent.flatMap((one) => [...checkAddress(one, meant.isAllowed), ...checkBody(one, meant)]);
}

/** All that must hold, whatever was given. @param said whether a text came from the user or the API */
export function checkRun(
	{ result, error, sent, logs }: LightRun<unknown>,
	meant: Meant,
	said: (text: string) => boolean,
): Problem[] {
	const told = `${inspect(error, { depth: 6 })} ${logs.join(' ')}`;
	return [
		...checkRequests(sent, meant),
		...(error === undefined ? checkItems(result, said) : checkError(error, said)),
		...(told.includes(lightSecret) ? [problem('broken out', 'the secret is in an error')] : []),
		...checkPrototypes(),
	];
}
