import type { Resource } from '../operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const zone: Resource = { value: 'zone', name: 'Zone', operations: [get, getAll] };
