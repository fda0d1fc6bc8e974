import { scopeFieldsFor } from '../../descriptions/targets';

export const accessRuleScopeFields = scopeFieldsFor('zone', 'For all domains of an account');
