/** What the editor asks while a person fills in the form: lists to choose from, with a filter and a form of any kind. */
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { CloudflareSecurity } from '../../nodes/CloudflareSecurity/CloudflareSecurity.node';
import { tampering, textOf } from '../support/fuzz/answers.cjs';
import { hostileFor, saidBy } from '../support/fuzz/hostile.cjs';
import { runLight, type LightRun, type Tamper } from '../support/fuzz/lightHost.cjs';
import { checkRun } from '../support/fuzz/oracle.cjs';
import { FUZZ_RUNS, isWanted, Report, sampleOf } from '../support/fuzz/plan.cjs';
import { isWrite, useSmallCloudflare, watchRejections } from '../support/fuzz/standIn.cjs';
import { exampleCom, mainAccount } from '../support/nodeTest.cjs';

const TIMEOUT = 3_600_000;
const cloudflare = useSmallCloudflare();
const rejections = watchRejections();
const { listSearch, loadOptions } = new CloudflareSecurity().methods;

type List = (this: ILoadOptionsFunctions, ...given: string[]) => Promise<unknown>;
const methods: ReadonlyArray<[string, List]> = [
	...Object.entries(listSearch),
	...Object.entries(loadOptions),
];

const forms = {
	zone: { scope: 'zone', zone: exampleCom, account: mainAccount },
	account: { scope: 'account', zone: exampleCom, account: mainAccount },
};
const usual = { authentication: 'token', rulesetFrom: 'phase', phase: 'http_request_firewall_custom', ruleset: '' }; // prettier-ignore
/** What the methods read of the form. */
const FORM = ['authentication', 'scope', 'zone', 'account', 'rulesetFrom', 'phase', 'ruleset'];

const reads = { isAllowed: (route: string) => route.startsWith('GET '), isGiven: () => true };

async function ask(
	method: List,
	parameters: Record<string, unknown>,
	given: unknown[] = [],
	tamper?: Tamper,
): Promise<LightRun<unknown>> {
	return await runLight(
		cloudflare,
		{ parameters: { ...usual, ...parameters }, tamper },
		async (context) => await method.call(context, ...(given as string[])),
	);
}

describe.each(Object.entries(forms))('of the %s', (level, form) => {
	const texts = new Report(`lists of the editor, ${level}: fields`, 'fields');
	const answers = new Report(`lists of the editor, ${level}: answers`, 'methods');
	afterAll(() => {
		texts.print();
		answers.print();
	});

	test.each(methods)(
		'%s: filter, page and form',
		async (name, method) => {
			const clean = await ask(method, form);
			expect(clean.error).toBeUndefined();
			expect(clean.sent.some(isWrite)).toBe(false);
			for (const field of ['filter', 'page', ...FORM]) {
				const place = `${name} ${field}`;
				if (!isWanted(place)) continue;
				for (const hostile of hostileFor(`${level} ${place}`, 'example')) {
					const value = hostile.make();
					// n8n hands over what was typed or what the list gave: texts.
					const text = typeof value === 'string' ? value : undefined;
					const outcome =
						field === 'filter'
							? await ask(method, form, [text])
							: field === 'page'
								? await ask(method, form, [undefined, text])
								: await ask(method, { ...form, [field]: value });
					texts.add(place, hostile, [
						...checkRun(outcome, reads, saidBy(hostile)),
						...rejections(),
					]);
				}
			}
			texts.check();
		},
		TIMEOUT,
	);

	test.each(methods)(
		'%s: answers',
		async (name, method) => {
			if (!isWanted(name)) return;
			for (const [index, one] of sampleOf(`${level} ${name}`, tampering, FUZZ_RUNS * 4).entries()) {
				const given = index % 3 === 0 ? ['exam'] : [];
				const outcome = await ask(method, form, given, (answer, _sent, at) =>
					one.isLasting || at === index % 2 ? one.mutation.apply(answer) : answer,
				);
				answers.add(name, { shown: textOf(one) }, [
					...checkRun(outcome, reads, () => false),
					...rejections(),
				]);
			}
			answers.check();
		},
		TIMEOUT,
	);
});
