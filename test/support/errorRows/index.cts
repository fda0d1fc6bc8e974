import { busy, garbled } from './faults.cjs';
import { refusals } from './refusals.cjs';
import type { ErrorRow } from './row.cjs';

export type { ErrorRow } from './row.cjs';

/** Every row of the matrix. */
export const errorRows: readonly ErrorRow[] = [...refusals, ...busy, ...garbled];
