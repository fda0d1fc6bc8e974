import type { IDataObject } from 'n8n-workflow';
import type { Insight } from '../../targets/insight';

/** An insight as an output item: simplified to what playbooks use, or as the API sends it. */
export function presentInsight(insight: Insight, simplify: boolean): IDataObject {
	const record = insight as IDataObject;
	if (!simplify) return record;
	const { id, severity, issue_class, issue_type, subject, status } = record;
	const { dismissed, user_classification, since, resolve_text } = record;
	return {
		id,
		severity,
		issue_class,
		issue_type,
		subject,
		status,
		dismissed,
		user_classification,
		since,
		resolve_text,
	};
}
