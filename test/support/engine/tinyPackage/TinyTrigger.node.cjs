const workflow = require('n8n-workflow');

exports.TinyTrigger = class {
	description = {
		name: 'tinyTrigger',
		displayName: 'Tiny Trigger',
		group: ['trigger'],
		version: 1,
		description: 'Emits what a path answers, unless it is empty',
		defaults: { name: 'Tiny Trigger' },
		polling: true,
		inputs: [],
		outputs: ['main'],
		credentials: [{ name: 'cloudflareSecurityTokenApi', required: true }],
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '/get' },
			{ displayName: 'Sleep', name: 'sleep', type: 'number', default: 0 },
			{ displayName: 'Deep', name: 'deep', type: 'boolean', default: false },
		],
	};

	async poll() {
		const state = this.getWorkflowStaticData('node');
		const begun = Date.now();
		// Written before the request, so that a failed poll leaves its mark where n8n lets it.
		if (this.getNodeParameter('deep')) {
			state.deep ??= { polls: 0 };
			state.deep.polls += 1;
		} else {
			state.polls = (state.polls ?? 0) + 1;
		}
		const ms = this.getNodeParameter('sleep');
		if (ms > 0) await workflow.sleep(ms);
		this.logger.info('asking');
		const things = await this.helpers.httpRequestWithAuthentication.call(
			this,
			'cloudflareSecurityTokenApi',
			{ url: `https://api.cloudflare.com${this.getNodeParameter('path')}` },
		);
		if (things.length === 0) return null;
		const json = {
			things,
			polls: (state.deep ?? state).polls,
			mode: this.getMode(),
			activation: this.getActivationMode(),
			budget: this.getPollBudgetMs?.() ?? 'none',
			timezone: this.getTimezone(),
			slept: Date.now() - begun,
		};
		return [[{ json }]];
	}
};
