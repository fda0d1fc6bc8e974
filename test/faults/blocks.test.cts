import { tryRuns } from './support/matrix.cjs';

tryRuns('blocks');
