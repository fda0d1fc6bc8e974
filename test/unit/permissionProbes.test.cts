import { probes } from '../../nodes/CloudflareSecurity/actions/connection/probes';
import { permissions } from '../../nodes/CloudflareSecurity/permissions';
import { resources } from '../../nodes/CloudflareSecurity/actions/registry';
import { apiPath, hexId } from '../../nodes/CloudflareSecurity/transport/path';

const declared = resources.flatMap(({ value, operations }) =>
	operations.flatMap((operation) =>
		Object.entries(operation.permission).map(
			([level, name]) => [`${value}:${operation.value}`, level, name] as const,
		),
	),
);
const id = hexId('0'.repeat(32), { field: 'Zone' });

describe('The permissions that operations declare', () => {
	test.each(declared)(
		'%s at level %s: %s can be asked for, or it is said why not',
		(_name, level, name) => {
			expect(Object.keys(probes)).toContain(name);
			// "Zone → …" for the zone level, "Account → …" for the account level.
			expect(name.toLowerCase().startsWith(`${level} → `)).toBe(true);
		},
	);

	test.each(Object.entries(probes))('%s', (name, { request, includes, cannotBeProbed }) => {
		// One or the other.
		expect(request === undefined).toBe(cannotBeProbed !== undefined);
		expect(cannotBeProbed ?? 'said').not.toBe('');
		if (includes !== undefined) {
			expect(name).toMatch(/ → Edit$/);
			expect(includes).toBe(name.replace(/Edit$/, 'Read'));
		}
	});

	test('nothing is changed by asking', () => {
		for (const { request } of Object.values(probes)) {
			for (const kind of ['zone', 'account'] as const) {
				const sent = request?.({ kind, id, path: apiPath`/x/${id}` });
				if (sent && sent.method !== 'GET') expect(sent.query).toEqual({ dry_run: true });
			}
		}
	});

	test('the dashboard writes them with arrows', () => {
		for (const name of Object.values(permissions)) {
			expect(name).toMatch(/^(?:Zone|Account|User) → [A-Z].+ → (?:Read|Edit|Purge|Revoke)$/);
		}
	});
});
