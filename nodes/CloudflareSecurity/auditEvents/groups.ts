import type { AuditEvent } from './auditEvent';
import { eventGroups, type EventGroup } from './groupData';

export { eventGroups, type EventGroup };

/** What an event tells of itself. Words are written as `<api><token>`, so that none is found inside another. */
interface Signs {
	resources: string;
	wholeResource: string;
	actions: string;
	settings: string;
	method: string | null;
	path: readonly string[];
}

/** Not always English, but the same for a word of the data and of an event. Short words such as dns stay as they are. */
function singular(word: string): string {
	if (word.length <= 3 || word.endsWith('ss')) return word;
	return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, '');
}

/** A text's words: API_keys and "API Keys" are <api><key>. */
const marked = (text: string): string =>
	text
		.toLowerCase()
		.split(/[^a-z0-9\u0080-\uffff]+/)
		.map((word) => (word === '' ? '' : `<${singular(word)}>`))
		.join('');

const withCapitalsApart = (text: string): string =>
	text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');

/** Texts' words; a bar keeps those of two texts apart. Each is read twice, for apiKeys as well as for DDoS and IdP. */
const markedAll = (texts: readonly unknown[]): string =>
	texts
		.flatMap((text) =>
			typeof text === 'string' ? [marked(text), marked(withCapitalsApart(text))] : [],
		)
		.join('|');

/** What follows the zone, the account, the organization or the user that a request is about. */
function pathOf(uri: string): string[] {
	const parts = uri
		.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
		.replace(/[?#][^]*$/, '')
		.replace(/^\/+(client|api)\/v4(?=\/)/i, '')
		.toLowerCase()
		.split('/')
		.filter((part) => part !== '');
	if (['zones', 'accounts', 'organizations'].includes(parts[0])) return parts.slice(2);
	return parts[0] === 'user' ? parts.slice(1) : parts;
}

function memberOf(metadata: AuditEvent['metadata'], key: string): unknown {
	return metadata !== null && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
}

function signsOf(event: AuditEvent): Signs {
	const { metadata, resource_product: product, resource_type: type } = event;
	const resources = markedAll([product, type]);
	// In version 1 this field is each product's own text.
	const description = event.source === 'v2' ? event.action_description : null;
	const actions = markedAll([event.action_type, description]);
	const path = pathOf(event.uri ?? '');
	const isSetting = `${resources}|${actions}`.includes('<setting>');
	return {
		resources,
		wholeResource: markedAll([product ?? type]),
		actions,
		settings: markedAll([
			...(path[0] === 'settings' ? path.slice(1) : []),
			// Elsewhere these are names that somebody chose.
			...(isSetting
				? [event.resource_id, memberOf(metadata, 'name'), memberOf(metadata, 'type')]
				: []),
		]),
		method: event.method,
		path,
	};
}

/** Whether a request is one that the pattern means: see EventGroup. */
function requestTest(pattern: string): (signs: Pick<Signs, 'method' | 'path'>) => boolean {
	const [start, method] = pattern.split(' ').reverse();
	const isWhole = start.endsWith('$');
	const parts = start.replace('$', '').split('/');
	return (signs) =>
		(method === undefined || signs.method === method) &&
		(!isWhole || signs.path.length === parts.length) &&
		parts.every((part, place) => signs.path[place] === part);
}

type Recogniser = (result: AuditEvent['result'], findSigns: () => Signs) => boolean;

function recogniserOf(group: EventGroup): Recogniser {
	const words = (list: readonly string[] = []) => list.map(marked);
	const falseFriends = words(group.falseFriends);
	const isIn = (list?: readonly string[]) => {
		const wanted = words(list);
		return (text: string) => {
			const rest = falseFriends.reduce((left, friend) => left.replaceAll(friend, '|'), text);
			return wanted.some((word) => rest.includes(word));
		};
	};
	const isResource = isIn(group.resources);
	const isAction = isIn(group.actions);
	const isSetting = isIn(group.settings);
	const wholes = new Set(words(group.wholeResources));
	const requests = (group.paths ?? []).map(requestTest);
	const isSign = (signs: Signs) =>
		isResource(signs.resources) ||
		signs.wholeResource.split('|').some((word) => wholes.has(word)) ||
		isAction(signs.actions) ||
		isSetting(signs.settings) ||
		requests.some((isRequest) => isRequest(signs));
	// The result first: for Everything, no words have to be looked at.
	return (result, findSigns) => group.results?.includes(result) === true || isSign(findSigns());
}

const recognisers = new Map(eventGroups.map((group) => [group.value, recogniserOf(group)]));

/** Whether an event belongs to at least one of the groups. Takes any texts; unknown groups have no events. */
export function isInGroups(event: AuditEvent, groups: readonly EventGroup['value'][]): boolean {
	let signs: Signs | undefined;
	const findSigns = () => (signs ??= signsOf(event));
	return groups.some((value) => recognisers.get(value)?.(event.result, findSigns) === true);
}
