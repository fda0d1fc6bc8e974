import { tryRuns } from './support/matrix.cjs';

tryRuns(({ resource, operation }) => resource === 'ipBlock' && operation === 'block');
