/**
 * Fields and credentials in n8n's own engine, which reads parameters, evaluates expressions and signs requests before
 * and after our code; the volume is in the tests beside this one.
 */
import { get } from 'node:https';
import { deepCopy } from 'n8n-workflow';
import { CloudflareSecurityGlobalKeyApi } from '../../credentials/CloudflareSecurityGlobalKeyApi.credentials';
import { CloudflareSecurityTokenApi } from '../../credentials/CloudflareSecurityTokenApi.credentials';
import { sandboxCredentials } from '../../sandbox/cloudflare/index.cjs';
import { testCredential, type TestCredential } from '../support/engine/index.cjs';
import { watchElsewhere } from '../support/fuzz/elsewhere.cjs';
import { fieldsOf, formOf, setAt, showing, type Parameters } from '../support/fuzz/fields.cjs';
import { hostileFor, knownTexts, type Hostile } from '../support/fuzz/hostile.cjs';
import { checkText, type Problem } from '../support/fuzz/oracle.cjs';
import { FUZZ_RUNS, isWanted, Report, seedOf, someOf } from '../support/fuzz/plan.cjs';
import { routeOf } from '../support/fuzz/routes.cjs';
import { description, watchRejections } from '../support/fuzz/standIn.cjs';
import { exampleCom, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { operationRuns } from '../support/operationRuns/index.cjs';
import { expectNoSecret } from '../support/secrets.cjs';

const TIMEOUT = 3_600_000;
const rejections = watchRejections();
const elsewhere = watchElsewhere();
/** Those to the stand-in's host, as they left n8n. */
const requests: Request[] = [];
const cloudflare = useCloudflare(
	{ zones: 8, accounts: 1, rateLimit: { quota: 1e9, windowSeconds: 300 }, now: () => Date.now() },
	(request, response) => {
		requests.push(request);
		return response;
	},
);

/** Expressions that fail, or give what no field is made for. */
const EXPRESSIONS = [
	'={{ $json.missing.deeper }}',
	'={{ undefined }}',
	'={{ null }}',
	'={{ NaN }}',
	'={{ -0 }}',
	'={{ 10n }}',
	'={{ Symbol("x") }}',
	'={{ () => 1 }}',
	'={{ /x/ }}',
	'={{ new Date("x") }}',
	'={{ DateTime.now() }}',
	'={{ [undefined] }}',
	'={{ new Map([[1, 2]]) }}',
	'={{ (() => { throw new Error("evil") })() }}',
	'={{ $("Nowhere").item.json.x }}',
	'={{ ',
	'={{ }}',
	'=',
	'={{ $json }}',
	'={{ $json.hostile }}',
	'={{ $json.hostile }}{{ $json.hostile }}',
] as const;

/** What the test of a credential asks: whatever Account ID holds is one part of the path. */
const VERIFICATION = /^\/client\/v4\/accounts\/[^/]+\/tokens\/verify$/;

function strayed(): Problem[] {
	const brokenOut = requests.splice(0).flatMap(({ method, url }): Problem[] => {
		const { pathname } = new URL(url);
		const route = pathname.startsWith('/client/v4/')
			? routeOf(method, pathname.slice('/client/v4'.length))
			: undefined;
		const isGood = route !== undefined || VERIFICATION.test(pathname);
		return isGood ? [] : [{ kind: 'broken out', text: `${method} ${url}` }];
	});
	return [...elsewhere(), ...brokenOut];
}

test.each([
	['another host', 'https://api.cloudflare.com.evil.example/client/v4/zones?name=x'],
	['another port', 'https://api.cloudflare.com:8443/client/v4/zones?name=x'],
])('a request to %s is seen', async (_what, url) => {
	const refused = new Promise((_resolve, reject) => get(url).on('error', reject));
	await expect(refused).rejects.toThrow('Disallowed net connect');
	const { hostname, port, pathname, search } = new URL(url);
	const text = `GET https://${hostname}:${port || 443}${pathname}${search}`;
	expect(strayed()).toEqual([{ kind: 'outside', text }]);
	expect(strayed()).toEqual([]);
});

/** A run of the operation that has the field; of any operation of its resource where all of them have it. */
function runWith(field: Pick<ReturnType<typeof fieldsOf>[number], 'resource' | 'operation'>) {
	const { resource = 'zone', operation = field.resource ? undefined : 'getAll' } = field;
	const found = operationRuns.find(
		(run) => run.resource === resource && (operation === undefined || run.operation === operation),
	);
	if (!found) throw new Error(`No run of ${resource}: ${operation}`);
	return found;
}

describe('fields', () => {
	const report = new Report('fields in the engine', 'fields');
	afterAll(() => report.print());

	test(
		'each field of its share',
		async () => {
			const all = fieldsOf(description.properties);
			// Each field in the long run; in the short one every 20th, others each time.
			const share = FUZZ_RUNS >= 50 ? all : all.filter(({ name }) => seedOf(name) % 20 === 0);
			for (const field of share.filter(({ name }) => isWanted(name))) {
				cloudflare.reset();
				const given = runWith(field);
				const prepared = (await given.prepare(cloudflare)).parameters;
				const form = formOf(description, given.resource, given.operation);
				const shown = showing(field, { authentication: 'token', ...prepared }, form) ?? prepared;
				const typed = knownTexts(field.name, Math.ceil(FUZZ_RUNS / 50));
				const expressions = someOf(field.name, EXPRESSIONS, Math.ceil(FUZZ_RUNS / 25));
				for (const text of [...typed, ...expressions]) {
					const parameters = deepCopy(shown) as Parameters;
					setAt(parameters, field.path, text);
					requests.length = 0;
					const { error, items } = await runNode({
						parameters,
						items: [{ hostile: knownTexts(`${field.name} ${text}`, 1)[0] }],
					});
					const problems = strayed();
					expectNoSecret([error, items], [sandboxCredentials.userToken]);
					report.add(field.name, { shown: text }, [
						...problems,
						...checkText(error, text),
						...rejections(),
					]);
				}
			}
			report.check();
		},
		TIMEOUT,
	);
});

const good: ReadonlyArray<[TestCredential, Array<{ name: string }>]> = [
	[
		{
			type: 'cloudflareSecurityTokenApi',
			data: { apiToken: sandboxCredentials.userToken, ownedBy: 'account', accountId: seedIds.mainAccount, zoneId: '' }, // prettier-ignore
		},
		new CloudflareSecurityTokenApi().properties,
	],
	[
		{
			type: 'cloudflareSecurityGlobalKeyApi',
			data: { email: 'admin@example.com', apiKey: sandboxCredentials.userToken, accountId: '', zoneId: '' }, // prettier-ignore
		},
		new CloudflareSecurityGlobalKeyApi().properties,
	],
];

/** The interceptor of the tests never answers a request with a header of a megabyte: texts so long are left out. */
const isHeader = (value: unknown): boolean => typeof value !== 'string' || value.length < 10_000;

describe('credentials', () => {
	const report = new Report('credentials', 'fields');
	afterAll(() => report.print());

	const secretsOf = ({ data }: TestCredential) =>
		[data.apiToken, data.apiKey].filter(
			(value): value is string =>
				// What the run is about is no secret of the credential, whatever stands in its fields.
				typeof value === 'string' && value.trim().length > 8 && value.trim() !== exampleCom.value,
		);

	async function tryCredential(credential: TestCredential): Promise<Problem[]> {
		requests.length = 0;
		const { message } = await testCredential(credential);
		const ofTest = strayed();
		const authentication = credential.type.includes('GlobalKey') ? 'globalKey' : 'token';
		const { error, items, logs } = await runNode({
			parameters: { authentication, resource: 'dnsRecord', operation: 'getAll', zone: exampleCom },
			credentials: credential,
		});
		const ofRun = strayed();
		expectNoSecret([message, error, items, logs], secretsOf(credential));
		return [...ofTest, ...ofRun, ...checkText(error, ''), ...checkText(new Error(message), '')];
	}

	test.each(good)(
		'each field of $type',
		async (credential, properties) => {
			for (const { name } of properties) {
				const place = `${credential.type} ${name}`;
				if (!isWanted(place)) continue;
				const hostile: Hostile[] = hostileFor(place, credential.data[name]).filter(({ make }) =>
					isHeader(make()),
				);
				for (const one of hostile) {
					const value = { [name]: one.make() };
					const given =
						typeof value[name] === 'string'
							? { ...credential, data: { ...credential.data, ...value } }
							: { ...credential, computed: value };
					report.add(place, one, [...(await tryCredential(given)), ...rejections()]);
				}
				expect(report.countOf(place)).toBe(FUZZ_RUNS);
			}
			report.check();
		},
		TIMEOUT,
	);
});
