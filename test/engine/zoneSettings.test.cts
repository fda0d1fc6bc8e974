import {
	callLines,
	exampleCom,
	locator,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { refuses } from '../support/badInput.cjs';
import { loadPackage } from '../support/engine/index.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare();

const zone_id = seedIds.zones['example.com'];
const zone = locator('id', zone_id);
const of = (operation: string) => ({
	authentication: 'token',
	resource: 'zone',
	operation,
	zone,
});
const getSettings = of('getSettings');
const updateSetting = of('updateSetting');
const path = (setting: string) => `/zones/${zone_id}/settings/${setting}`;

describe('Zone: Get Settings', () => {
	test('the settings that stand there at first, one call each', async () => {
		expect(await output(getSettings)).toEqual([
			{
				zone_id,
				settings: {
					always_use_https: 'off',
					development_mode: 'off',
					min_tls_version: '1.2',
					security_level: 'medium',
					ssl: 'full',
				},
				failed: {},
			},
		]);
		expect(cf.calls).toHaveLength(5);
		console.log(`zone:getSettings, 5 settings: ${cf.calls.length} calls`);
	});

	test('each call is the one that the SDK sends', async () => {
		await output({ ...getSettings, settings: ['security_level'] });
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((client) => client.zones.settings.get('security_level', { zone_id })),
		]);
	});

	test('eight are asked for at the same time', async () => {
		// They wait until eight have arrived.
		cf.faults.add({ kind: 'hold', until: 8, match: { path: /settings/ } });
		const settings = ['brotli', 'ciphers', 'fonts', 'http2', 'http3', 'ipv6', 'ssl', 'webp'];
		const [item] = await output({ ...getSettings, settings });
		expect(Object.keys(item.settings as object)).toEqual(settings);
	});

	test('every setting that the list offers has a name that the API could have', async () => {
		const { description } = (await loadPackage()).nodeTypes.getByNameAndVersion(
			'n8n-nodes-cloudflare-security.cloudflareSecurity',
		);
		const field = description.properties.find(({ name }) => name === 'settings');
		const offered = (field?.options ?? []).map((option) => ('value' in option ? option.value : ''));
		expect(offered.length).toBeGreaterThan(60);
		const [item] = await output({ ...getSettings, settings: offered });
		// The stand-in does not know the newest ones.
		expect(Object.keys(item.failed as object)).toEqual([
			'automatic_platform_optimization',
			'transformations_allowed_origins',
			'webmcp_enabled',
			'webmcp_packs',
		]);
		expect(item.settings).toMatchObject({ ssl_recommender: true, ciphers: [] });
	});

	test('shows everything on wish, and the name of a zone chosen by name', async () => {
		const settings = ['development_mode'];
		const parameters = { ...getSettings, zone: exampleCom, settings, simplify: false };
		expect(await output(parameters)).toEqual([
			{
				zone_id,
				zone_name: 'example.com',
				settings: {
					development_mode: {
						id: 'development_mode',
						value: 'off',
						editable: true,
						modified_on: null,
						time_remaining: 0,
					},
				},
				failed: {},
			},
		]);
	});

	test('a setting that fails is told with its reason beside the others', async () => {
		const result = await runNode({
			parameters: { ...getSettings, settings: ['ssl'], otherSettings: 'brotli, no_such_thing' },
		});
		expect(result.error).toBeUndefined();
		expect(result.items[0].json).toMatchObject({
			settings: { ssl: 'full', brotli: 'on' },
			failed: {
				no_such_thing: {
					error: expect.stringContaining('Unrecognized zone setting name: no_such_thing'),
					details: { kind: 'invalid', status: 400, errors: [{ code: 1006 }] },
				},
			},
		});
		expect(result.hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('no_such_thing') }),
		]);
	});

	test('when all fail, the node stops', async () => {
		const parameters = { ...getSettings, settings: [], otherSettings: 'no_such_thing' };
		expect(await refusal(parameters)).toContain('Unrecognized zone setting name');
	});

	test('a failure that is not about one setting stops the node', async () => {
		cf.faults.add({ kind: 'cutBefore', match: { path: path('ssl') }, times: 4 });
		expect(await refusal(getSettings)).toContain('Cloudflare could not be reached');
	});

	refuses('bad input is refused before any request', cf, [
		['no setting', { ...getSettings, settings: [] }, 'Settings: nothing was chosen', 'one setting'],
		[
			'a path',
			{ ...getSettings, otherSettings: '../dns_records' },
			'Other Settings: got "../dns_records"',
			'small letters',
		],
		[
			'very many',
			{
				...getSettings,
				settings: ['ssl'],
				otherSettings: Array.from({ length: 200 }, (_, index) => `setting_${index}`).join(','),
			},
			'Other Settings: with Settings there are 201 names',
			'At most 200, as each takes a request',
		],
	]);
});

describe('Zone: Update Setting', () => {
	test('Under Attack, and back with the previous value', async () => {
		const [on] = await output({ ...updateSetting, setting: 'security_level' });
		expect(on).toMatchObject({
			zone_id,
			setting: 'security_level',
			value: 'under_attack',
			previous_value: 'medium',
		});
		const [off] = await output(
			{ ...updateSetting, setting: 'security_level', value: '={{ $json.previous_value }}' },
			{ items: [on] },
		);
		expect(off).toMatchObject({ value: 'medium', previous_value: 'under_attack' });
		expect(cf.calls).toHaveLength(4);
		console.log('zone:updateSetting: 2 calls');
	});

	test.each<[setting: string, value: string | undefined, sent: unknown]>([
		['ssl', 'strict', 'strict'],
		['development_mode', undefined, 'on'],
		['always_use_https', 'on', 'on'],
		['automatic_https_rewrites', 'off', 'off'],
		['browser_check', 'off', 'off'],
		['min_tls_version', '1.3', '1.3'],
		['tls_1_3', 'zrt', 'zrt'],
		['security_level', 'high', 'high'],
	])('%s to %j, as the SDK sends it', async (setting, value, sent) => {
		const parameters = { ...updateSetting, setting, ...(value === undefined ? {} : { value }) };
		const [item] = await output(parameters);
		expect(item.value).toBe(sent);
		expect(comparable(cf.calls[1])).toEqual(
			await sdkRequest((client) =>
				client.zones.settings.edit(setting, { zone_id, value: sent } as never),
			),
		);
	});

	test.each<[name: string, json: unknown, body: object]>([
		['browser_cache_ttl', '7200', { value: 7200 }],
		['browser_cache_ttl', '={{ 7200 }}', { value: 7200 }],
		['brotli', '"off"', { value: 'off' }],
		['ciphers', '["AES128-SHA"]', { value: ['AES128-SHA'] }],
		['nel', '={{ { enabled: false } }}', { value: { enabled: false } }],
		['ssl_recommender', 'false', { enabled: false }],
	])('any other: %s to %s', async (settingName, valueJson, body) => {
		await output({ ...updateSetting, setting: 'other', settingName, valueJson });
		expect(cf.calls[1]).toMatchObject({ method: 'PATCH', path: path(settingName), body });
	});

	test('the setting may come from the data', async () => {
		const parameters = {
			...updateSetting,
			setting: '={{ $json.setting }}',
			value: '={{ $json.to }}',
		};
		const items = [
			{ setting: 'ssl', to: 'strict' },
			{ setting: 'min_tls_version', to: '1.3' },
		];
		expect((await output(parameters, { items })).map(({ value }) => value)).toEqual([
			'strict',
			'1.3',
		]);
	});

	test('one bad item among good ones', async () => {
		const result = await runNode({
			parameters: { ...updateSetting, setting: 'ssl', value: '={{ $json.mode }}' },
			items: [{ mode: 'full' }, { mode: 'perfect' }, { mode: 'strict' }],
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.value ?? json.error, pairedItem]),
		).toEqual([
			['full', { item: 0 }],
			['SSL/TLS Encryption Mode: got "perfect"', { item: 1 }],
			['strict', { item: 2 }],
		]);
	});

	test('a setting that the plan does not include is told in the words of Cloudflare', async () => {
		const parameters = { ...updateSetting, setting: 'ssl', value: 'origin_pull' };
		expect(await refusal(parameters)).toContain('Not allowed to edit setting for ssl');
	});

	refuses('bad input is refused before any request', cf, [
		[
			'a value of another setting',
			{ ...updateSetting, setting: 'ssl', value: '={{ "under_attack" }}' },
			'SSL/TLS Encryption Mode: got "under_attack"',
			'One of: off, flexible',
		],
		[
			'no such setting',
			{ ...updateSetting, setting: '={{ "everything" }}' },
			'Setting: got "everything"',
			'other',
		],
		[
			'text that is no JSON',
			{ ...updateSetting, setting: 'other', settingName: 'brotli', valueJson: '={{ "of" + "f" }}' },
			'Value (JSON): got "off"',
			'JSON, such as "on"',
		],
		[
			'a name in capitals',
			{ ...updateSetting, setting: 'other', settingName: 'Brotli', valueJson: '"on"' },
			'Setting Name: got "Brotli"',
			'browser_cache_ttl',
		],
	]);

	test('the calls are two', async () => {
		await output({ ...updateSetting, setting: 'ssl', value: 'strict' });
		expect(callLines(cf)).toEqual([`GET ${path('ssl')} 200`, `PATCH ${path('ssl')} 200`]);
	});
});
