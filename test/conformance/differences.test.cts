// A difference that is meant is so only with the values that are meant.
import { isMeant } from './requests/differences.cjs';

const audit = 'GET /accounts/{account_id}/logs/audit';
const dns = 'PATCH /zones/{zone_id}/dns_records/{dns_record_id}';
const filters = { actionType: 'create', zone: { __rl: true, mode: 'id', value: 'abc' } };

test.each<[what: string, endpoint: string, where: string, ours: unknown, sdk: unknown]>([
	['a filter', audit, 'query.action_type', ['create'], undefined],
	['a filter by zone', audit, 'query.zone_id', ['abc'], undefined],
	['a part that stays as it is', dns, 'body.ttl', undefined, 300],
	['types', 'GET /zones', 'query.type', ['full,partial'], ['full', 'partial']],
])('%s is meant', (_what, endpoint, where, ours, sdk) => {
	expect(isMeant({ endpoint, where, ours, sdk }, { filters })).toBe(true);
});

test.each<[what: string, endpoint: string, where: string, ours: unknown, sdk: unknown]>([
	['a filter with another value', audit, 'query.action_type', ['delete'], undefined],
	["another filter's value", audit, 'query.action_result', ['create'], undefined],
	['a filter twice', audit, 'query.action_type', ['create', 'create'], undefined],
	['a filter that is not sent', audit, 'query.action_type', undefined, ['create']],
	['a filter that nobody gave', audit, 'query.actor_id', [undefined], undefined],
	['a filter that the SDK sends too', audit, 'query.action_type', ['create'], ['view']],
	['a part that we change', dns, 'body.ttl', 60, 300],
	['a part that only we send', dns, 'body.ttl', 60, undefined],
	['a type too few', 'GET /zones', 'query.type', ['full'], ['full', 'partial']],
	['types one by one', 'GET /zones', 'query.type', ['full', 'partial'], ['partial']],
	['types that the SDK does not send', 'GET /zones', 'query.type', ['full'], undefined],
	['another place', dns, 'body.content', undefined, '203.0.113.7'],
	['another endpoint', 'GET /accounts', 'query.type', ['full,partial'], ['full', 'partial']],
])('%s is not meant', (_what, endpoint, where, ours, sdk) => {
	expect(isMeant({ endpoint, where, ours, sdk }, { filters })).toBe(false);
});
