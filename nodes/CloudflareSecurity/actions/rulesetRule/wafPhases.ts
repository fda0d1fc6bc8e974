import { CUSTOM_PHASE, MANAGED_PHASE, phasesNamed, RATE_LIMIT_PHASE } from '../../targets/phases';

/** Phases whose rules the permission to edit the WAF covers. */
export const wafPhases = phasesNamed(CUSTOM_PHASE, RATE_LIMIT_PHASE, MANAGED_PHASE);
