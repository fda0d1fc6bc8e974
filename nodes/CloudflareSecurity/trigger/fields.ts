import type { INodeProperties } from 'n8n-workflow';
import { eventGroups } from '../auditEvents/groups';
import { v1FilterFields, v2FilterFields } from '../auditLog/filterFields';
import { sourceField } from '../auditLog/sourceField';
import { showWhen } from '../descriptions/show';
import { accountField } from '../descriptions/targets';
import { eventsPerPoll, lookBackMinutes } from './limits';

/** What a playbook chooses events by; for searches through the past there are more in Audit Log: Get Many. */
const FILTERS = ['actionType', 'actorEmail', 'actorIp', 'productCategories', 'result', 'zone'];

const some = (filters: INodeProperties): INodeProperties => ({
	...filters,
	options: (filters.options ?? []).filter(({ name }) => FILTERS.includes(name)),
});

const triggerOnField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'triggerOn',
	type: 'multiOptions',
	required: true,
	description: 'Which events start the workflow. An event that fits one of the choices is enough.',
	options: eventGroups.map(({ value, name, action, catches }) => ({
		value,
		name,
		action,
		description: catches,
	})),
	default: ['everything'],
};

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: eventsPerPoll.field,
			name: eventsPerPoll.name,
			type: 'number',
			typeOptions: { minValue: eventsPerPoll.min, maxValue: eventsPerPoll.max },
			default: 1000,
			description:
				'How many events one execution gets at most. What is left comes with the next polls, oldest first.',
		},
		{
			displayName: 'Ignore Changes Made by This Credential',
			name: 'ignoreOwnChanges',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/source': ['v2'] } },
			description:
				"Whether to leave out what the credential of this node did itself, so that a playbook's own changes do not start it again. Give the playbook's nodes the same credential.",
		},
		{
			displayName: lookBackMinutes.field,
			name: lookBackMinutes.name,
			type: 'number',
			typeOptions: { minValue: lookBackMinutes.min, maxValue: lookBackMinutes.max },
			default: 15,
			description:
				'How long after it happened an event may appear in the log without being missed, in minutes. More time takes more calls in busy accounts.',
		},
		{
			displayName: 'Raw Event',
			name: 'rawEvent',
			type: 'boolean',
			default: true,
			description:
				'Whether to return the event as the API gives it, instead of the same fields for both sources',
		},
		{
			displayName: 'Start From',
			name: 'startFrom',
			type: 'dateTime',
			default: '',
			description:
				'Where to begin when the trigger is activated for the first time: a time in the past, also as a time ago such as 24h or 7d. Left empty: with events from then on. Later it goes on from where it was.',
		},
	],
};

export const triggerFields: INodeProperties[] = [
	accountField,
	triggerOnField,
	sourceField,
	...showWhen({ source: ['v2'] }, [some(v2FilterFields)]),
	...showWhen({ source: ['v1'] }, [some(v1FilterFields)]),
	optionsField,
];
