/** Every field of a form, found in its description, so that a field added tomorrow is fuzzed by itself. */
import {
	deepCopy,
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodeTypeDescription,
} from 'n8n-workflow';

export type Parameters = Record<string, unknown>;
type Key = string | number;

/** A place in a form into which a user, an expression or an AI agent can put something. */
export interface Field {
	/** As reports name it: `dnsRecord:create additionalFields.comment`, `zone:get zone (By ID)`. */
	name: string;
	resource?: string;
	operation?: string;
	property: INodeProperties;
	/** What it stands in, outermost first, as fields of their own. */
	around: Field[];
	/** Where its value stands in the parameters. */
	path: Key[];
	/** Of a resource locator: the mode that is chosen. Undefined for the locator as a whole. */
	mode?: string;
	/** Its value is a structure by design, so keys may come from it. */
	isStructured: boolean;
}

/** Chosen from lists by a person: no expression can fill them (`noDataExpression`). */
const SELECTORS = ['authentication', 'resource', 'operation'];

const first = (value: unknown): string | undefined =>
	Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined;

const allowsMany = ({ typeOptions }: INodeProperties) => typeOptions?.multipleValues === true;

/** A place in the form for the property itself, one for each mode of a locator, and those of what it holds. */
function placesOf(property: INodeProperties, path: Key[], around: Field[]): Field[] {
	const show = around[0]?.property.displayOptions?.show ?? property.displayOptions?.show;
	const [resource, operation] = [first(show?.resource), first(show?.operation)];
	const place = path.filter((key) => typeof key === 'string').join('.');
	const self: Field = {
		name: [[resource, operation].filter(Boolean).join(':'), place].filter(Boolean).join(' '),
		resource,
		operation,
		property,
		around,
		path,
		isStructured: property.type === 'json',
	};
	const modes = (property.modes ?? []).map((mode) => ({
		...self,
		name: `${self.name} (${mode.displayName})`,
		path: [...path, 'value'],
		mode: mode.name,
	}));
	const inside = [...around, self];
	const parts =
		property.type === 'collection'
			? (property.options as INodeProperties[]).flatMap((part) =>
					placesOf(part, [...path, part.name], inside),
				)
			: property.type === 'fixedCollection'
				? (property.options as INodePropertyCollection[]).flatMap(({ name, values }) =>
						values.flatMap((part) => {
							const entry = allowsMany(property) ? [...path, name, 0] : [...path, name];
							return placesOf(part, [...entry, part.name], inside);
						}),
					)
				: [];
	return [self, ...modes, ...parts];
}

/** Every place of a form: each property, each mode of a resource locator, and everything within collections. */
export function fieldsOf(properties: readonly INodeProperties[]): Field[] {
	const used = new Map<string, number>();
	return properties
		.flatMap((property) => placesOf(property, [property.name], []))
		.map((field) => {
			const time = (used.get(field.name) ?? 0) + 1;
			used.set(field.name, time);
			// Fields of one name that show in turns, such as the value of a DNS record by its type.
			return time === 1 ? field : { ...field, name: `${field.name} #${time}` };
		});
}

/** What a form holds for one operation: of several hundred fields only these can be shown together. */
export function formOf(
	description: INodeTypeDescription,
	resource?: string,
	operation?: string,
): INodeTypeDescription {
	const has = (allowed: unknown, value?: string) =>
		!Array.isArray(allowed) || allowed.includes(value);
	return {
		...description,
		properties: description.properties.filter(({ displayOptions }) => {
			const show = displayOptions?.show;
			return has(show?.resource, resource) && has(show?.operation, operation);
		}),
	};
}

/** How many fields and locator modes a description holds, counted without knowing what holds what. */
export function countFields(value: unknown): number {
	if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + countFields(one), 0);
	if (typeof value !== 'object' || value === null) return 0;
	const isField = 'displayName' in value && 'type' in value;
	return Object.values(value).reduce<number>((sum, one) => sum + countFields(one), isField ? 1 : 0);
}

export const isSelector = ({ property }: Field): boolean => SELECTORS.includes(property.name);

export function valueAt(parameters: unknown, path: readonly Key[]): unknown {
	return path.reduce<unknown>(
		(value, key) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, key)
				? (value as Record<Key, unknown>)[key]
				: undefined,
		parameters,
	);
}

/** Changes `parameters`, and makes what is missing on the way. */
export function setAt(parameters: Parameters, path: readonly Key[], value: unknown): void {
	const way = path.slice(0, -1);
	const holder = way.reduce<Record<Key, unknown>>((at, key, index) => {
		if (typeof at[key] !== 'object' || at[key] === null) {
			at[key] = typeof path[index + 1] === 'number' ? [] : {};
		}
		return at[key] as Record<Key, unknown>;
	}, parameters);
	holder[path.at(-1)!] = value;
}

/** A value of a field on which another depends, other than these. */
function otherThan(hidden: readonly unknown[], name: string, siblings: readonly INodeProperties[]) {
	const options = siblings.find((one) => one.name === name)?.options ?? [];
	return options.map((one) => ('value' in one ? one.value : one.name)).find((value) => !hidden.includes(value)); // prettier-ignore
}

/** Sets what a property's display options ask for, in the parameters or in the collection around it. */
function meet(
	property: INodeProperties,
	values: Parameters,
	siblings: readonly INodeProperties[],
	root: Parameters,
): void {
	const { show = {}, hide = {} } = property.displayOptions ?? {};
	for (const [name, allowed] of Object.entries(show)) {
		if (name.startsWith('/') && Array.isArray(allowed)) {
			if (!allowed.includes(root[name.slice(1)] as never)) root[name.slice(1)] = allowed[0];
			continue;
		}
		const usual = siblings.find((one) => one.name === name)?.default;
		const now = Object.hasOwn(values, name) ? values[name] : usual;
		if (Array.isArray(allowed) && !allowed.includes(now as never)) values[name] = allowed[0];
	}
	for (const [name, hidden] of Object.entries(hide)) {
		if (Array.isArray(hidden) && hidden.includes(values[name] as never)) {
			values[name] = otherThan(hidden, name, siblings);
		}
	}
}

const NODE = { typeVersion: 1 } as INode;

/**
 * The parameters with which a form shows the field, with the value that it has then.
 * @param given parameters of a run of the operation; stays as it is
 * @returns undefined when the form does not show it, whatever is chosen
 */
export function showing(
	field: Field,
	given: Parameters,
	description: INodeTypeDescription,
): Parameters | undefined {
	const parameters = deepCopy(given) as Parameters;
	const chain = [...field.around, field];
	for (const { property, path, mode } of chain) {
		const holder = path.slice(0, mode === undefined ? -1 : -2);
		const isInside = holder.length > 0 && property !== chain[0].property;
		if (!isInside) {
			meet(property, parameters, description.properties, parameters);
			continue;
		}
		const known = valueAt(parameters, holder);
		const values = typeof known === 'object' && known !== null ? (known as Parameters) : {};
		const siblings = siblingsOf(property, field);
		if (siblings.isEntry && Object.keys(values).length === 0) {
			for (const one of siblings.all) values[one.name] = deepCopy(one.default);
		}
		meet(property, values, siblings.all, parameters);
		setAt(parameters, holder, values);
	}
	if (field.mode !== undefined) {
		setAt(parameters, field.path.slice(0, -1), { __rl: true, mode: field.mode, value: '' });
	} else if (valueAt(parameters, field.path) === undefined) {
		setAt(parameters, field.path, deepCopy(field.property.default));
	}
	const filled = withDefaults(parameters, description);
	// Defaults may be left out again where a collection would hold nothing else.
	if (valueAt(filled, field.path) === undefined) {
		setAt(filled, field.path, valueAt(parameters, field.path));
	}
	const isShown = chain.every(({ property, path, mode }) =>
		NodeHelpers.displayParameter(
			valueAt(filled, path.slice(0, mode === undefined ? -1 : -2)) as INodeParameters,
			property,
			NODE,
			description,
			filled as INodeParameters,
		),
	);
	return isShown ? filled : undefined;
}

function siblingsOf(property: INodeProperties, field: Field) {
	const holder = field.around.map((one) => one.property).find((one) => partsOf(one).includes(property)); // prettier-ignore
	const group = (holder?.options ?? []).find(
		(one): one is INodePropertyCollection => 'values' in one && one.values.includes(property),
	);
	return { isEntry: group !== undefined, all: group?.values ?? (holder ? partsOf(holder) : []) };
}

const partsOf = ({ options = [] }: INodeProperties): INodeProperties[] =>
	options.flatMap(
		(one) =>
		'values' in one ? one.values : 'displayName' in one && 'type' in one ? [one as INodeProperties] : [], // prettier-ignore
	);

/** As n8n fills in a form before it runs: defaults for what is shown, and nothing of what is hidden. */
export function withDefaults(
	parameters: Parameters,
	description: INodeTypeDescription,
): Parameters {
	return (NodeHelpers.getNodeParameters(
		description.properties,
		parameters as INodeParameters,
		true,
		false,
		NODE,
		description,
	) ?? {}) as Parameters;
}
