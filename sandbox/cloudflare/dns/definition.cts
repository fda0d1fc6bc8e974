import { planHas } from '../language/vocabulary.cjs';
import { isObject } from '../rulesets/shape.cjs';
import type { Zone } from '../types.cjs';
import * as errors from './errors.cjs';
import { recordName } from './names.cjs';
import { RECORD_TYPE_NAMES, RECORD_TYPES, type RecordType } from './recordTypes.cjs';
import type { RecordData, RecordDefinition, RecordTypeName } from './types.cjs';

type Body = Record<string, unknown>;

const SETTINGS = ['ipv4_only', 'ipv6_only', 'flatten_cname'];
const DATA_PARTS_IGNORED = ['service', 'proto', 'name'];
/** Source: Cloudflare docs, DNS record attributes. */
const TAG_QUOTA = { free: 0, pro: 20, business: 20, enterprise: 20 };
const COMMENT_LENGTH = { free: 100, pro: 500, business: 500, enterprise: 500 };
const MOST_BYTES = 4096;
const PRIVATE = /^(?:10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|f[cd]|fe80|::1$)/;

/** Whether the record may be proxied: addresses and aliases may, but nothing reaches a private address. */
export const isProxiable = ({ type, content }: Pick<RecordDefinition, 'type' | 'content'>) =>
	RECORD_TYPES[type].proxiable === true && (type === 'CNAME' || !PRIVATE.test(content));

function typeOf({ type }: Body): RecordTypeName {
	const found = RECORD_TYPE_NAMES.find((name) => name === type);
	if (found === undefined) throw errors.invalidRecord('the record type is invalid');
	return found;
}

function dataOf(given: unknown, { data: parts = {}, defaults = {} }: RecordType): RecordData {
	if (!isObject(given)) throw errors.missingPart('data');
	const checked: RecordData = {};
	for (const [name, part] of Object.entries(parts)) {
		const value = given[name] ?? defaults[name];
		if (value === undefined) throw errors.missingPart(name);
		const outcome = part(value);
		if ('must' in outcome) throw errors.invalidRecord(`data.${name} must ${outcome.must}`);
		checked[name] = outcome.value;
	}
	// Source: SDK 7.3: what SRV once had in its data is deprecated; the name says it.
	const unknown = Object.keys(given).find(
		(name) => !Object.hasOwn(parts, name) && !DATA_PARTS_IGNORED.includes(name),
	);
	if (unknown !== undefined) throw errors.invalidRecord(`data.${unknown} is not known`);
	return checked;
}

function priorityOf({ priority }: Body, type: RecordType): number | undefined {
	if (!type.priority) return undefined;
	if (priority === undefined) throw errors.missingPart('priority');
	if (!Number.isInteger(priority) || Number(priority) < 0 || Number(priority) > 65535)
		throw errors.invalidRecord('priority must be a whole number from 0 to 65535');
	return Number(priority);
}

function contentOf(body: Body, name: string, type: RecordType): string {
	const { content } = body;
	if (typeof content !== 'string' || content === '')
		throw errors.invalidRecord('content is required');
	return type.content?.(content, name) ?? content;
}

function ttlOf({ ttl = 1 }: Body, proxied: boolean, zone: Zone): number {
	const least = planHas(zone.plan.legacy_id, 'enterprise') ? 30 : 60;
	const isAllowed = Number.isInteger(ttl) && Number(ttl) >= least && Number(ttl) <= 86400;
	if (ttl !== 1 && !isAllowed) throw errors.badTtl(least);
	// Whatever was asked for: proxied records are always automatic.
	return proxied ? 1 : Number(ttl);
}

function commentOf({ comment = null }: Body, zone: Zone): string | null {
	if (comment === null || comment === '') return null;
	const most = COMMENT_LENGTH[zone.plan.legacy_id];
	if (typeof comment !== 'string' || /[\r\n]/.test(comment) || comment.length > most)
		throw errors.invalidRecord(`a comment is one line of at most ${most} characters`);
	return comment;
}

function tagsOf({ tags = [] }: Body, zone: Zone): string[] {
	const isTag = (tag: unknown) =>
		typeof tag === 'string' && /^[\w-]{1,32}(?::.{0,100})?$/.test(tag);
	if (!Array.isArray(tags) || !tags.every(isTag)) throw errors.invalidRecord('a tag is invalid');
	const quota = TAG_QUOTA[zone.plan.legacy_id];
	if (tags.length > quota) throw errors.tooManyTags(tags.length, quota);
	return [...(tags as string[])];
}

function settingsOf({ settings = {} }: Body): Record<string, boolean> {
	const isSetting = ([name, value]: [string, unknown]) =>
		SETTINGS.includes(name) && typeof value === 'boolean';
	if (!isObject(settings) || !Object.entries(settings).every(isSetting))
		throw errors.invalidRecord('settings are invalid');
	return settings as Record<string, boolean>;
}

/** Checks a complete body. Throws 400. */
export function definitionOf(body: Body, zone: Zone): RecordDefinition {
	const typeName = typeOf(body);
	const type = RECORD_TYPES[typeName];
	const name = recordName(body.name, zone.name);
	const priority = priorityOf(body, type);
	const data = type.data && dataOf(body.data, type);
	const content = data ? (type.format?.(data, priority) ?? '') : contentOf(body, name, type);
	if (Buffer.byteLength(name) + Buffer.byteLength(content) > MOST_BYTES)
		throw errors.invalidRecord(`the record is larger than ${MOST_BYTES} bytes`);
	const { proxied = false, private_routing: routing } = body;
	if (typeof proxied !== 'boolean') throw errors.invalidRecord('proxied must be true or false');
	if (proxied && !isProxiable({ type: typeName, content })) throw errors.notProxiable();
	return {
		name,
		type: typeName,
		content,
		...(priority !== undefined && { priority }),
		...(data && { data }),
		proxied,
		ttl: ttlOf(body, proxied, zone),
		comment: commentOf(body, zone),
		tags: tagsOf(body, zone),
		settings: settingsOf(body),
		...(typeof routing === 'boolean' && { private_routing: routing }),
	};
}

/** The body that a PATCH amounts to: what it leaves out stays. */
export function merged(kept: RecordDefinition, body: Body): Body {
	const { content, data, priority, proxied, ttl, comment, tags, settings, name, type } = kept;
	const written = data === undefined ? { content } : { data };
	// It would otherwise be taken without an effect: the data decides.
	if (
		data !== undefined &&
		body.data === undefined &&
		![undefined, content].includes(body.content as string)
	)
		throw errors.invalidRecord(`a ${type} record is changed through its data`);
	return { name, type, priority, proxied, ttl, comment, tags, settings, ...written, ...body };
}

/** Throws 400 for another type. Source: Cloudflare changelog: refused since 30 June 2026. */
export function checkSameType({ type }: Body, kept: RecordDefinition): void {
	if (type !== undefined && type !== kept.type)
		throw errors.invalidRecord(
			'the type of a record cannot be changed: delete the record and create another',
		);
}
