import { ApiError } from '../errors.cjs';
import { planHas } from '../language/vocabulary.cjs';
import { isObject } from '../rulesets/shape.cjs';
import type { State } from '../state.cjs';
import type { Zone } from '../types.cjs';
import { SETTINGS, type Setting } from './definitions.cjs';

interface Written {
	value: unknown;
	modified_on: string;
	at: number;
}

const refusal = (code: number, message: string) => new ApiError(400, { code, message });
/** Code and text as quoted in public issues. */
const unknownSetting = (name: string) => refusal(1006, `Unrecognized zone setting name: ${name}`);
/** The codes of these two are stand-ins. */
const badValue = (name: string) => refusal(1007, `Invalid value for zone setting ${name}`);
const notEditable = (name: string) => refusal(1015, `Not allowed to edit setting for ${name}`);

/** Source: SDK 7.3: development mode ends by itself. */
const DEVELOPMENT_SECONDS = 3 * 60 * 60;

function settingOf(name: string): Setting {
	const setting = SETTINGS.get(name);
	if (setting === undefined) throw unknownSetting(name);
	return setting;
}

/** What was changed of the settings of each zone; the rest has its first value. */
export class SettingsStore {
	private readonly byZone = new Map<string, Map<string, Written>>();

	constructor(private readonly state: State) {}

	private written(zone: Zone, name: string): Written | undefined {
		return this.byZone.get(zone.id)?.get(name);
	}

	/** Seconds until development mode ends, or negative since it ended; 0 when it was never on. */
	developmentSeconds(zone: Zone): number {
		const written = this.written(zone, 'development_mode');
		if (written === undefined) return zone.development_mode;
		const since = Math.floor((this.state.now() - written.at) / 1000);
		return written.value === 'on' ? DEVELOPMENT_SECONDS - since : -since;
	}

	/** The setting as answers show it. Throws 400 for an unknown one. */
	get(zone: Zone, name: string): Record<string, unknown> {
		const { initial, editableFrom } = settingOf(name);
		const written = this.written(zone, name);
		const value = written === undefined ? initial : written.value;
		const shown = {
			id: name,
			editable: editableFrom !== null && planHas(zone.plan.legacy_id, editableFrom),
			modified_on: written?.modified_on ?? null,
		};
		if (name === 'ssl_recommender') return { ...shown, enabled: value };
		if (name !== 'development_mode') return { ...shown, value };
		const time_remaining = this.developmentSeconds(zone);
		return { ...shown, value: time_remaining > 0 ? 'on' : 'off', time_remaining };
	}

	/** Throws 400 for an unknown setting, a value that it does not take, and one that the plan does not include. */
	set(zone: Zone, name: string, body: unknown): Record<string, unknown> {
		const { allows, editableFrom, valueFrom = {} } = settingOf(name);
		const key = name === 'ssl_recommender' ? 'enabled' : 'value';
		if (!isObject(body) || !allows(body[key])) throw badValue(name);
		const value = body[key];
		const least = valueFrom[String(value)] ?? editableFrom;
		if (least === null || !planHas(zone.plan.legacy_id, least)) throw notEditable(name);
		const ofZone = this.byZone.get(zone.id) ?? new Map<string, Written>();
		this.byZone.set(zone.id, ofZone);
		ofZone.set(name, { value, modified_on: this.state.timestamp(), at: this.state.now() });
		return this.get(zone, name);
	}
}
