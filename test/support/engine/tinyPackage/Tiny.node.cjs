// As compiled TypeScript has it: the function is looked up at each call.
const workflow = require('n8n-workflow');

const ask = (context, url, qs) =>
	context.helpers.httpRequestWithAuthentication.call(context, 'cloudflareSecurityTokenApi', {
		url: `https://api.cloudflare.com${url}`,
		qs,
	});

exports.Tiny = class {
	description = {
		name: 'tiny',
		displayName: 'Tiny',
		group: ['input'],
		version: 1,
		description: 'Asks for a path',
		defaults: { name: 'Tiny' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'cloudflareSecurityTokenApi', required: true }],
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '/get' },
			{ displayName: 'Sleep', name: 'sleep', type: 'number', default: 0 },
			{ displayName: 'Required', name: 'required', type: 'string', required: true, default: 'x' },
		],
	};

	methods = {
		listSearch: {
			async things(filter, token) {
				const results = await ask(this, '/client', { filter, token });
				return { results, paginationToken: this.getCurrentNodeParameter('path') };
			},
		},
	};

	async execute() {
		const items = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			const path = this.getNodeParameter('path', item);
			const ms = this.getNodeParameter('sleep', item);
			this.logger.info('asking', { path });
			const begun = Date.now();
			if (ms > 0) await workflow.sleep(ms, this.getExecutionCancelSignal());
			const pairedItem = { item };
			try {
				const json = path ? await ask(this, path) : { slept: Date.now() - begun };
				items.push({ json, pairedItem });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				items.push({ json: { error: error.message }, pairedItem });
			}
		}
		return [items];
	}
};
