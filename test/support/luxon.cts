/** Luxon comes with n8n-workflow, whose expressions hand out its objects: asked for from there. */
import { createRequire } from 'node:module';

const fromWorkflow = createRequire(require.resolve('n8n-workflow'));

export const { DateTime } = fromWorkflow('luxon') as typeof import('luxon');
