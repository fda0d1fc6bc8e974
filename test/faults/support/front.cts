import { cutResponse } from '../../../sandbox/cloudflare/cut.cjs';
import { fail } from '../../../sandbox/cloudflare/envelope.cjs';
import { faultResponse } from '../../../sandbox/cloudflare/faultResponse.cjs';
import { interceptWithNock } from '../../../sandbox/fronts/nock.cjs';
import type { Cloudflare } from '../../support/nodeTest.cjs';
import type { Answer, RequestFault } from './faults.cjs';
import { runOutOfTime } from './timeouts.cjs';

/** A request of a recorded run, told from those before it. */
export interface SentRequest {
	method: string;
	/** With its query. */
	target: string;
	/** Which of those with this method and target, counted from 1. */
	nth: number;
	/** `result` of the answer. */
	result?: unknown;
}

/** Without the times of this run, so that it can be chosen in another. */
export const nameOfRequest = ({ method, target, nth }: SentRequest): string =>
	`${method} ${target.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')}${nth > 1 ? ` #${nth}` : ''}`;

interface Armed {
	isMeant: (sent: SentRequest) => boolean;
	fault: RequestFault;
	cancel: () => void;
}

/** Small pages, as a server may cut them down, so that lists have several. */
const ROWS = 25;

/** Pages of the audit log end otherwise; the stand-in itself makes those smaller. */
function withSmallPages(request: Request): Request {
	const url = new URL(request.url);
	if (Number(url.searchParams.get('per_page')) <= ROWS || url.pathname.includes('audit'))
		return request;
	url.searchParams.set('per_page', String(ROWS));
	return new Request(url, { headers: request.headers, signal: request.signal });
}

/** Stands between the node and the stand-in: notes each request, and lets a chosen one fail. */
export class Front {
	sent: SentRequest[] = [];
	/** How often the fault struck. */
	struck = 0;
	/** Called after each answer. */
	onAnswer: () => void = () => undefined;
	private armed: Armed | undefined;
	private readonly counts = new Map<string, number>();

	constructor(private readonly cloudflare: Cloudflare) {}

	/** For a whole test file. */
	use(): void {
		let front: { restore(): void } | undefined;
		beforeAll(() => {
			front = interceptWithNock({ fetch: async (request) => await this.fetch(request) });
		});
		afterAll(() => front?.restore());
	}

	reset(): void {
		this.sent = [];
		this.struck = 0;
		this.armed = undefined;
		this.onAnswer = () => undefined;
		this.counts.clear();
	}

	/** The request fails so, the next time that it is sent. */
	arm(request: SentRequest, fault: RequestFault, cancel: () => void = () => undefined): void {
		const { method, target, nth } = request;
		this.armed = {
			isMeant: (sent) =>
				sent.method === method &&
				sent.target === target &&
				(fault.lasting ? sent.nth >= nth : sent.nth === nth),
			fault,
			cancel,
		};
	}

	/** Every request fails so. */
	armForAll(fault: RequestFault): void {
		this.armed = { isMeant: () => true, fault, cancel: () => undefined };
	}

	/** From now on nothing fails any more. */
	disarm(): void {
		this.armed = undefined;
	}

	private async fetch(request: Request): Promise<Response> {
		const { pathname, search } = new URL(request.url);
		const target = decodeURIComponent(pathname.replace('/client/v4', '') + search);
		const key = `${request.method} ${target}`;
		const nth = (this.counts.get(key) ?? 0) + 1;
		this.counts.set(key, nth);
		const sent: SentRequest = { method: request.method, target, nth };
		this.sent.push(sent);
		const { armed } = this;
		const response = armed?.isMeant(sent)
			? await this.strike(request, armed)
			: await this.pass(request);
		await this.note(sent, response);
		this.onAnswer();
		return response;
	}

	private async pass(request: Request): Promise<Response> {
		return await this.cloudflare.fetch(withSmallPages(request));
	}

	private async note(sent: SentRequest, response: Response): Promise<void> {
		const body = (await response
			.clone()
			.json()
			.catch(() => undefined)) as { result?: unknown } | undefined;
		sent.result = body?.result;
	}

	private async strike(request: Request, { fault, cancel }: Armed): Promise<Response> {
		this.struck += 1;
		const { answer, after } = fault;
		const good = after ? await this.pass(request.clone()) : undefined;
		if (answer.kind === 'cancel') {
			cancel();
			return good ?? cutResponse();
		}
		if (answer.kind === 'timeout') {
			runOutOfTime(request.method, request.url);
			return cutResponse();
		}
		return await replaced(request, answer, good);
	}
}

async function replaced(
	request: Request,
	answer: Exclude<Answer, { kind: 'timeout' | 'cancel' }>,
	good: Response | undefined,
): Promise<Response> {
	if (answer.kind === 'result') {
		const text = await good?.text();
		const body = text ? (JSON.parse(text) as object) : { success: true, errors: [], messages: [] };
		const status = good?.status === 204 ? 200 : good?.status;
		return Response.json({ ...body, result: answer.result }, { status });
	}
	if (answer.kind === 'echo') {
		const { headers } = request;
		const given = headers.get('authorization') ?? headers.get('x-auth-key');
		const message = `Injected error ${answer.status} for ${given}`;
		return fail(answer.status, [{ code: answer.status, message }]);
	}
	const response = faultResponse(answer);
	if (!response) throw new Error(`${answer.kind} is no answer`);
	return response;
}
