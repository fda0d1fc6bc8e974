// What many of these runs have in common.
import { locator, mainAccount } from '../../support/nodeTest.cjs';
import { zone } from '../sdkCalls/helpers.cjs';

export const zoneById = locator('id', zone.zone_id);
export const ofAccount = { scope: 'account', account: mainAccount };
export const ofZone = { scope: 'zone', zone: zoneById };

/** Of the SDK: where our package asks for no more than 50. */
export const firstPage = { page: 1, per_page: 50 } as const;
