import { tryRuns } from './support/matrix.cjs';

tryRuns('lists');
