import { UNKEPT } from '../n8n/unkept.cjs';
import { waitFor } from '../n8n/waitFor.cjs';

export interface Page {
	status: number;
	html: string;
	/** What a reader sees, without the markup. */
	text: string;
}

const ENTITIES: Record<string, string> = {
	lt: '<',
	gt: '>',
	quot: '"',
	'#39': "'",
	'#x3D': '=',
	amp: '&',
};

const visible = (html: string): string =>
	html
		.replace(/<(style|script|svg|head)\b[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, '')
		.replace(/&(lt|gt|quot|#39|#x3D|amp);/g, (_, name: string) => ENTITIES[name])
		.replace(/[ \t]*\n\s*/g, '\n')
		.trim();

/** Opens a page of n8n, as a browser does. */
export async function openPage(
	url: string | URL,
	headers: Record<string, string> = {},
): Promise<Page> {
	const response = await fetch(url, { headers: { ...UNKEPT, ...headers } });
	const html = await response.text();
	return { status: response.status, html, text: visible(html) };
}

/** Fills in the fields of a form in their order, and sends it. */
export async function submitForm(
	url: string,
	values: string[],
	headers: Record<string, string> = {},
): Promise<{ status: number; json: { formWaitingUrl?: string } }> {
	const body = new FormData();
	values.forEach((value, index) => body.set(`field-${index}`, value));
	const response = await fetch(url, {
		method: 'POST',
		body,
		headers: { ...UNKEPT, ...headers },
	});
	const text = await response.text();
	return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : {} };
}

/**
 * Waits for the page that a workflow shows at its end, and opens it, as the script of n8n's form pages does: it asks for
 * the status, moves on when there is a page, and tells n8n that it was shown.
 * @throws when the workflow fails
 */
export async function pageAfter(
	formWaitingUrl: string,
	headers: Record<string, string> = {},
): Promise<Page> {
	const statusUrl = new URL(formWaitingUrl);
	statusUrl.pathname += '/n8n-execution-status';
	await waitFor(
		'the next page of the form',
		async () => {
			const status = (
				await (await fetch(statusUrl, { headers: { ...UNKEPT, ...headers } })).text()
			).trim();
			if (status === 'form-waiting') return true;
			if (status !== 'running' && status !== 'new')
				throw new Error(`The form's workflow: ${status}`);
			return undefined;
		},
		{ seconds: 90, everyMs: 500 },
	);
	const page = await openPage(formWaitingUrl, headers);
	await fetch(formWaitingUrl, {
		method: 'POST',
		body: new FormData(),
		headers: { ...UNKEPT, ...headers },
	});
	return page;
}
