import { InputError, shown } from '../../../input/inputError';
import type { Fields } from '../fields';
import { filledText } from '../../../input/values';
import type { ActionParts, RuleAction } from './ruleAction';

function readRewrite(fields: Fields): ActionParts {
	const name = filledText(
		fields.value('headerName', ''),
		'Header Name',
		'The name of a request header',
	);
	if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)) {
		throw new InputError('Header Name', `got ${shown(name)}`, 'The name of a request header');
	}
	const value = filledText(fields.value('headerValue', ''), 'Header Value', 'A text');
	// A line break would begin another header of the request to the origin.
	if (/\p{Cc}/u.test(value)) {
		throw new InputError('Header Value', `got ${shown(value)}`, 'A text of one line');
	}
	return { action_parameters: { headers: { [name]: { operation: 'set', value } } } };
}

export const rewrite: RuleAction = {
	value: 'rewrite',
	name: 'Set Request Header',
	description: 'Mark the request for the origin, for the check of exposed credentials',
	fields: [
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'Exposed-Credential-Check',
			description: 'The request header that the origin gets',
		},
		{
			displayName: 'Header Value',
			name: 'headerValue',
			type: 'string',
			default: '1',
			description: 'The value of the header',
		},
	],
	read: readRewrite,
	ownParameters: ['headers'],
};
