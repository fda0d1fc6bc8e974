import type { State } from '../state.cjs';
import type { Entry } from './types.cjs';
import { requiredTime, v2Page } from './v2List.cjs';
import { v2Refusal } from './v2Refusal.cjs';

export type HistoryStatus = 'exact' | 'approximate' | 'unavailable';

/** How far from the named time the entry may lie; the documentation only says that the time narrows the search. */
const WINDOW = 60_000;

/** Source: SDK 7.3: by its URI a resource is known exactly, without it only about. */
function statusOf({ resource, request }: Entry): HistoryStatus {
	if (resource.id === undefined) return 'unavailable';
	return request === undefined ? 'approximate' : 'exact';
}

/** The changes of the resource that an entry is about. Throws 400, and 404 for an entry that is not there. */
export function v2History(state: State, accountId: string, id: string, query: URLSearchParams) {
	const time = requiredTime(query, 'action_time');
	const source = state.audit
		.entriesOf(accountId)
		.find((entry) => entry.ids.v2 === id && Math.abs(entry.time - time) <= WINDOW);
	if (source === undefined) throw v2Refusal('audit log entry not found', 404);
	const history_status = statusOf(source);
	const isSame = ({ resource, zone }: Entry): boolean =>
		history_status !== 'unavailable' &&
		resource.product === source.resource.product &&
		resource.id === source.resource.id &&
		zone?.id === source.zone?.id;
	const { result, result_info } = v2Page(state, accountId, query, isSame);
	return { result, result_info: { ...result_info, history_status } };
}
