import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { insightsPath } from '../../targets/insight';
import type { ApiFailure, Outcome } from '../../transport/failure';
import { apiPath, type ApiPath } from '../../transport/path';
import { tellBeside } from '../../transport/tellBeside';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { oneOf, optionalText } from '../../input/values';
import { insightField, insightScopeFields, readInsightId } from './insightFields';

/** The API's words, and `none`, which it writes as null. */
const classifications = ['accept_risk', 'false_positive', 'none', 'other'] as const;
/** SDK 7.3: these two need a rationale. */
const needRationale: readonly string[] = ['accept_risk', 'other'];

const fields: INodeProperties[] = [
	{
		displayName: 'Classification',
		name: 'classification',
		type: 'options',
		options: [
			{ name: 'Accepted Risk', value: 'accept_risk', description: 'Known, and left as it is' },
			{ name: 'False Positive', value: 'false_positive', description: 'It is no finding' },
			{ name: 'None', value: 'none', description: 'Remove the classification' },
			{ name: 'Other', value: 'other' },
		],
		default: 'false_positive',
		description: 'What your team thinks of the insight; it replaces an earlier classification',
	},
	{
		displayName: 'Rationale',
		name: 'rationale',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Test server without data, see ticket 4711',
		description:
			"Why; it stays in the insight's history. Required for Accepted Risk and for Other.",
		displayOptions: { show: { classification: ['accept_risk', 'false_positive', 'other'] } },
	},
];

interface Change {
	classification: string | null;
	rationale?: string;
}

/** Sends nothing. @throws InputError when a rationale is missing */
function readChange(item: Item): Change {
	const word = oneOf(
		item.value('classification', 'false_positive'),
		classifications,
		'Classification',
	);
	if (word === 'none') return { classification: null };
	const rationale = optionalText(item.value('rationale', ''), 'Rationale')?.trim();
	if (!rationale && needRationale.includes(word)) {
		throw new InputError(
			'Rationale',
			`it is empty, and Cloudflare requires one for ${word}`,
			'A text that says why',
		);
	}
	return { classification: word, ...(rationale ? { rationale } : {}) };
}

/** Why the second of two requests matters more than its own failure says. */
const UNCLASSIFIED =
	'The earlier classification was removed, as Cloudflare asks before another one, and then the new one was not set: the insight is unclassified now. Run the operation again to set it.';

async function send(item: Item, path: ApiPath, body: Change): Promise<Outcome<unknown>> {
	return await item.client.attempt<unknown>({ method: 'PATCH', path, body, expect: 'nothing' });
}

const isRefusal = ({ kind }: ApiFailure): boolean => kind === 'invalid' || kind === 'conflict';

/**
 * The API refuses to go from one classification to another: null has to come in between. Nothing tells the present one
 * without reading the whole list, so the change is tried first; an unclassified insight then takes one request, not two.
 * @returns whether an earlier classification was replaced
 * @throws NodeApiError, which says so when the earlier classification is gone and the new one not set
 */
async function change(item: Item, path: ApiPath, wanted: Change): Promise<boolean> {
	const { client } = item;
	const outcome = await send(item, path, wanted);
	// The input was checked, so a refused request means that there is a classification already.
	if (outcome.ok || wanted.classification === null || !isRefusal(outcome.failure)) {
		client.unwrap(outcome);
		return false;
	}
	const removed = await send(item, path, { classification: null });
	// Nothing has changed then, and the first refusal says more.
	if (!removed.ok) client.unwrap(isRefusal(removed.failure) ? outcome : removed);
	const second = await send(item, path, wanted);
	if (second.ok) return true;
	const error = client.toError(second.failure);
	tellBeside(error, UNCLASSIFIED);
	throw error;
}

export const classify: Operation = {
	value: 'classify',
	name: 'Classify',
	action: 'Classify security insight',
	description:
		'Mark a Security Center insight as a false positive, an accepted risk or other, with the reason, or remove the mark',
	fields: [...insightScopeFields, insightField, ...fields],
	permission: {
		zone: permissions.insightsZoneEdit,
		account: permissions.insightsAccountEdit,
	},
	writes: true,
	async execute(item) {
		const id = readInsightId(item);
		const wanted = readChange(item);
		const insights = insightsPath(await item.scope());
		const replaced = await change(item, apiPath`${insights}/${id}/classification`, wanted);
		return [
			{
				id,
				user_classification: wanted.classification,
				...(wanted.rationale ? { rationale: wanted.rationale } : {}),
				replaced,
			},
		];
	},
};
