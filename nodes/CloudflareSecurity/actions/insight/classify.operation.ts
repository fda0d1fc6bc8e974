import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { insightsPath } from '../../targets/insight';
import { apiPath } from '../../transport/path';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { oneOf, optionalText } from '../../input/values';
import { insightField, insightScopeFields, readInsightId } from './insightFields';
import { setClassification, type Classification } from './setClassification';

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

/** Sends nothing. @throws InputError when a rationale is missing */
function readClassification(item: Item): Classification {
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

const inAnswer = ({ classification, rationale }: Classification) => ({
	user_classification: classification,
	...(rationale ? { rationale } : {}),
});

export const classify: Operation = {
	value: 'classify',
	name: 'Classify',
	action: 'Classify security insight',
	description:
		'Mark a Security Center insight as a false positive, an accepted risk or other, with the reason, or remove the mark. The output holds the mark that it replaced; should the new one be refused, that one is put back.',
	fields: [...insightScopeFields, insightField, ...fields],
	permission: {
		zone: permissions.insightsZoneEdit,
		account: permissions.insightsAccountEdit,
	},
	writes: true,
	async execute(item) {
		const id = readInsightId(item);
		const wanted = readClassification(item);
		const insights = insightsPath(await item.scope());
		const path = apiPath`${insights}/${id}`;
		const before = await setClassification({ client: item.client, path }, wanted);
		return [
			{
				id,
				...inAnswer(wanted),
				replaced: before !== undefined,
				...(before && 'known' in before ? { previous: inAnswer(before.known) } : {}),
				...(before && 'unknown' in before ? { previousUnknown: before.unknown } : {}),
			},
		];
	},
};
