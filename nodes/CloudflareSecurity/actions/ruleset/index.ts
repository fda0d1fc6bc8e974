import type { Resource } from '../operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const ruleset: Resource = { value: 'ruleset', name: 'Ruleset', operations: [get, getAll] };
