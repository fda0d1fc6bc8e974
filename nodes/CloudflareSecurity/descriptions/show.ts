import type { INodeProperties } from 'n8n-workflow';

type Show = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

/**
 * Copies of the fields that show only under these conditions, beside those that the fields have themselves. n8n's own
 * helper merges two lists of the same key by index; here a key that a field sets itself stays as it is.
 */
export function showWhen(show: Show, fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...show, ...field.displayOptions?.show },
		},
	}));
}
