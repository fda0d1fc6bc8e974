import { fromAddress } from '../createRule.cjs';
import { exampleCom, locator, mainAccount, seedIds, type Cloudflare } from '../nodeTest.cjs';
import { byId, byRef, ruleNamed } from '../ruleOperations.cjs';
import { runsOf, type OperationRun } from './types.cjs';

const ofZone = { scope: 'zone', zone: exampleCom };
const ofAccount = { scope: 'account', account: mainAccount };
const exampleNet = { scope: 'zone', zone: locator('name', 'example.net') };
const companyWide = { ...ofAccount, rulesetFrom: 'ruleset' };
const companyRules = { ruleset: locator('id', seedIds.rulesets.accountCustom) };

const ruleset = runsOf('ruleset');
const rule = runsOf('rulesetRule', ofZone);
const accessRule = runsOf('ipAccessRule', ofZone);

const blockOne = { ruleAction: 'block', conditions: fromAddress('203.0.113.7') };
const scanners = { rule: byRef('block_scanners') };
const scannersById = (cloudflare: Cloudflare) => ({
	rule: byId(ruleNamed(cloudflare, 'scanners')),
});
const zoneScope = { level: 'zone', id: seedIds.zones['example.com'] } as const;
const accountScope = { level: 'account', id: seedIds.mainAccount } as const;

/** Somebody's access rule for this address; gives its ID as a parameter. */
const given =
	(value: string, scope: typeof zoneScope | typeof accountScope = zoneScope) =>
	({ state }: Cloudflare) => {
		const configuration = { target: 'ip', value };
		const made = state.accessRules.create(scope, { mode: 'block', configuration, notes: 'Case 1' });
		return { ruleId: made.id };
	};

export const ruleRuns: OperationRun[] = [
	ruleset('get', 'by phase', ofZone),
	ruleset('get', 'by ID', { ...companyWide, ...companyRules }),
	ruleset('getAll', 'of a zone', { ...ofZone, returnAll: true }),
	ruleset('getAll', 'of the account', { ...ofAccount, returnAll: true }),

	rule('getAll', 'of a zone', { returnAll: true }),
	rule('getAll', 'of a ruleset', { ...companyWide, ...companyRules, simplify: false }),
	rule('create', 'beside others', blockOne),
	rule('create', 'the first', { ...exampleNet, ...blockOne }),
	rule('create', 'of the account', { ...ofAccount, ...blockOne }),
	rule('upsert', 'new', { ...blockOne, ref: 'case_42' }),
	rule('upsert', 'there', { ...blockOne, ref: 'block_scanners' }),
	rule('update', 'by ref', { ...scanners, updateFields: { enabled: false } }),
	rule('update', 'by ID', { updateFields: { description: 'Case 42' } }, scannersById),
	rule('delete', 'by ref', scanners),
	rule('delete', 'by ID', {}, scannersById),

	accessRule('getAll', 'of a zone', { returnAll: true }, given('203.0.113.7')),
	accessRule('getAll', 'of the account', ofAccount, given('203.0.113.7', accountScope)),
	accessRule('upsert', 'new', { value: '203.0.113.7', additionalFields: { notes: 'Case 42' } }),
	accessRule('upsert', 'there', { value: '203.0.113.7', mode: 'challenge' }, given('203.0.113.7')),
	accessRule('upsert', 'of the account', { ...ofAccount, target: 'asn', value: 'AS64496' }),
	accessRule('delete', 'by value', { value: '203.0.113.7' }, given('203.0.113.7')),
	accessRule('delete', 'by ID', { ruleBy: 'id' }, given('203.0.113.7')),
];
