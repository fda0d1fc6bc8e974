export type ValueType = 'ip' | 'string' | 'int' | 'bool';
/** `Array<string>` and so on. */
export interface ArrayType {
	array: ValueType | ArrayType;
}
export interface MapType {
	map: ValueType | ArrayType;
}
export type Type = ValueType | ArrayType | MapType;

export type Literal =
	| { kind: 'string'; value: string; raw?: boolean }
	| { kind: 'int'; value: number }
	| { kind: 'intRange'; from: number; to: number }
	| { kind: 'ip'; value: string }
	| { kind: 'cidr'; value: string }
	| { kind: 'ipRange'; from: string; to: string };

export type LiteralSet = { kind: 'set'; items: Literal[] };
export type ListName = { kind: 'list'; name: string };

export type Operator =
	| 'eq'
	| 'ne'
	| 'lt'
	| 'le'
	| 'gt'
	| 'ge'
	| 'contains'
	| 'matches'
	| 'wildcard'
	| 'strict wildcard'
	| 'in';

/** Something that has a value: a field, a function call, or an element of either. */
export type Value =
	| { kind: 'field'; name: string; type: Type }
	| { kind: 'index'; of: Value; key: string | number; type: Type }
	| { kind: 'each'; of: Value; type: Type }
	| { kind: 'call'; name: string; args: Argument[]; type: Type };

export type Argument = Value | Literal | Expression;

export interface Comparison {
	kind: 'comparison';
	left: Value;
	operator: Operator;
	right: Literal | LiteralSet | ListName;
}

export type Expression =
	| Comparison
	| { kind: 'truth'; value: Value }
	| { kind: 'constant'; value: boolean }
	| { kind: 'not'; operand: Expression }
	| { kind: 'and' | 'or' | 'xor'; left: Expression; right: Expression };

export const isList = (right: Comparison['right']): right is ListName => right.kind === 'list';
export const isLiteralSet = (right: Comparison['right']): right is LiteralSet =>
	right.kind === 'set';

/** Whether `[*]` was applied somewhere below: the value then stands for many values. */
export function isMany(value: Value): boolean {
	if (value.kind === 'each') return true;
	return value.kind === 'index' ? isMany(value.of) : false;
}

/** `Array<Boolean>`, as a function over `[*]` gives it; any() and all() take it. */
export const isTruths = (type: Type): boolean =>
	typeof type !== 'string' && 'array' in type && type.array === 'bool';

/** Whether the expression stands for many truths, because `[*]` is below it. */
export function isOverMany(expression: Expression): boolean {
	switch (expression.kind) {
		case 'comparison':
			return isMany(expression.left);
		case 'truth':
			return isMany(expression.value) || isTruths(expression.value.type);
		case 'not':
			return isOverMany(expression.operand);
		case 'constant':
			return false;
		default:
			return isOverMany(expression.left);
	}
}

export function describe(type: Type): string {
	if (typeof type !== 'string') {
		return 'array' in type ? `Array<${describe(type.array)}>` : `Map<${describe(type.map)}>`;
	}
	return { ip: 'IP', string: 'String', int: 'Integer', bool: 'Boolean' }[type];
}
