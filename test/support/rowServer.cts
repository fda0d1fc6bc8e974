import type { IHttpRequestOptions } from 'n8n-workflow';
import { good, type HostAnswer } from './fakeHost.cjs';

export interface TestRow {
	[key: string]: unknown;
	id?: string;
	at: number;
}

export interface RowServerOptions {
	total: number;
	/** The largest page it gives, whatever is asked; 0 for no limit. */
	clampTo: number;
	/** Which of its numbers it tells. */
	tells: ReadonlyArray<'total_count' | 'total_pages' | 'per_page' | 'texts'>;
	/** New rows that arrive in front before this request, counted from 1. */
	arrivals?: ReadonlyMap<number, number>;
	withIds?: boolean;
}

const numberOf = (value: unknown): number => Number(value);

/** Lists rows by page numbers, as the API does; newest first when rows arrive. */
export class PageServer {
	/** Page numbers in the order in which they were asked for. */
	readonly asked: number[] = [];
	private rows: TestRow[];
	private arrived = 0;

	constructor(private readonly options: RowServerOptions) {
		this.rows = Array.from({ length: options.total }, (_, at) => this.row(`row-${at}`, at));
	}

	answer({ qs }: IHttpRequestOptions): HostAnswer {
		const page = numberOf(qs?.page);
		this.asked.push(page);
		for (let left = this.options.arrivals?.get(this.asked.length) ?? 0; left > 0; left -= 1) {
			this.arrived += 1;
			this.rows.unshift(this.row(`new-${this.arrived}`, -this.arrived));
		}
		const { clampTo, tells } = this.options;
		const size = Math.min(numberOf(qs?.per_page), clampTo || Infinity);
		const number = (value: number) => (tells.includes('texts') ? String(value) : value);
		const result = this.rows.slice((page - 1) * size, page * size);
		const all: Record<string, unknown> = {
			total_count: number(this.rows.length),
			total_pages: number(Math.ceil(this.rows.length / size)),
			per_page: number(size),
		};
		const info = Object.entries(all).filter(([name]) => tells.includes(name as 'per_page'));
		return good(result, { page, count: result.length, ...Object.fromEntries(info) });
	}

	private row(id: string, at: number): TestRow {
		return this.options.withIds === false ? { at } : { id, at };
	}
}
