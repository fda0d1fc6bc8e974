import {
	buildExpression,
	checkExpression,
	type Condition,
} from '../../../nodes/CloudflareSecurity/firewall/expression';
import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import { readExpression } from '../../support/rulesLanguageReader.cjs';

/** Conditions as JSON gives them: any key, any type. */
type Loose = Record<string, unknown>;

const build = (condition: Loose): string => {
	const expression = buildExpression([condition as unknown as Condition], 'and');
	readExpression(expression);
	return expression;
};

function refusal(action: () => unknown): InputError {
	try {
		action();
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
	throw new Error('it was accepted');
}

const refused = (condition: Loose): InputError => refusal(() => build(condition));
const VALUE = 'Conditions → Condition 1 → Value';

describe('an address', () => {
	const ip = (operator: string, values: unknown) => build({ field: 'ip.src', operator, values });

	it.each([
		['eq', '203.0.113.7', 'ip.src eq 203.0.113.7'],
		['ne', '203.0.113.7', 'ip.src ne 203.0.113.7'],
		['eq', ['203.0.113.7'], 'ip.src eq 203.0.113.7'],
		['eq', ' 2001:DB8:0:0::1\n', 'ip.src eq 2001:db8::1'],
		['eq', '198.51.100.7/24', 'ip.src in {198.51.100.0/24}'],
		['ne', '198.51.100.0/24', 'not (ip.src in {198.51.100.0/24})'],
		['eq', '198.51.100.7/32', 'ip.src eq 198.51.100.7'],
		['eq', '192.0.2.1..192.0.2.9', 'ip.src in {192.0.2.1..192.0.2.9}'],
		['in', '192.0.2.1', 'ip.src in {192.0.2.1}'],
		[
			'in',
			'192.0.2.1, 192.0.2.2\n2001:db8::/32,,',
			'ip.src in {192.0.2.1 192.0.2.2 2001:db8::/32}',
		],
		['in', ['192.0.2.1', '192.0.2.9', '192.0.2.1/32'], 'ip.src in {192.0.2.1 192.0.2.9}'],
		['notIn', '192.0.2.1 192.0.2.2', 'not (ip.src in {192.0.2.1 192.0.2.2})'],
		['in', '203.0.113.5..203.0.113.9', 'ip.src in {203.0.113.5..203.0.113.9}'],
		['inList', '$n8n_blocklist', 'ip.src in $n8n_blocklist'],
		['inList', 'cf.open_proxies', 'ip.src in $cf.open_proxies'],
		['notInList', ['office'], 'not (ip.src in $office)'],
	])('with %s and %j gives %j %s', (operator, values, expected) => {
		expect(ip(operator, values)).toBe(expected);
	});

	it.each([
		['eq', 'abc', '"abc" is no IP address, CIDR or range'],
		['eq', '', 'an empty text is no IP address, CIDR or range'],
		['eq', 3221225991, '3221225991 is no IP address, CIDR or range'],
		['eq', true, 'true is no IP address, CIDR or range'],
		['eq', undefined, 'got nothing'],
		['in', null, 'got nothing'],
		['in', ' , ', 'got nothing'],
		['in', [], 'got an empty list'],
		['in', {}, 'got an object'],
		['in', ['192.0.2.1', null], 'value 2 of the list is nothing'],
		['in', ['192.0.2.1', ['192.0.2.2']], 'value 2 of the list is a list'],
		['in', ['192.0.2.1 192.0.2.2'], '"192.0.2.1 192.0.2.2" is no IP address, CIDR or range'],
		['in', '192.0.2.1 0x7f.1', 'value 2, "0x7f.1", is no IP address, CIDR or range'],
		['eq', ['192.0.2.1', '192.0.2.2'], 'got 2 values, but Equals takes one'],
		['in', '192.0.2.9..192.0.2.1', '"192.0.2.9..192.0.2.1" is no IP address, CIDR or range'],
		['inList', 'Office Network', '"Office Network" is no list name'],
		['inList', 'x'.repeat(51), `"${'x'.repeat(51)}" is no list name`],
		['inList', '$a or true', '"$a or true" is no list name'],
		['inList', '', 'an empty text is no list name'],
	])('with %s and %j is refused: %s', (operator, values, problem) => {
		const error = refused({ field: 'ip.src', operator, values });
		expect(error).toMatchObject({ field: VALUE, problem });
		expect(error.expected).not.toBe('');
	});

	it('tells where several addresses can go', () => {
		expect(
			refused({ field: 'ip.src', operator: 'eq', values: '192.0.2.1, 192.0.2.2' }).expected,
		).toMatch(/for several, the operator Is In or Is Not In$/);
	});
});

describe('a number', () => {
	it.each([
		['cf.edge.server_port', 'eq', 8443, 'cf.edge.server_port eq 8443'],
		['cf.edge.server_port', 'eq', ' 8443 ', 'cf.edge.server_port eq 8443'],
		['cf.edge.server_port', 'ne', '80', 'cf.edge.server_port ne 80'],
		[
			'cf.edge.server_port',
			'in',
			'80, 443 8000..8009',
			'cf.edge.server_port in {80 443 8000..8009}',
		],
		['cf.edge.server_port', 'eq', '8000..8009', 'cf.edge.server_port in {8000..8009}'],
		['cf.edge.server_port', 'in', [80, '80', 443n], 'cf.edge.server_port in {80 443}'],
		['cf.bot_management.score', 'lt', 30, 'cf.bot_management.score lt 30'],
		['cf.bot_management.score', 'le', 30, 'cf.bot_management.score le 30'],
		['cf.waf.score', 'gt', '20', 'cf.waf.score gt 20'],
		['cf.waf.score', 'ge', '20', 'cf.waf.score ge 20'],
		['ip.src.asnum', 'eq', 'AS13335', 'ip.src.asnum eq 13335'],
		['ip.src.asnum', 'in', 'AS13335, 64496', 'ip.src.asnum in {13335 64496}'],
		['ip.src.asnum', 'notIn', [13335, 'as13335'], 'not (ip.src.asnum in {13335})'],
		['ip.src.asnum', 'inList', 'bad_networks', 'ip.src.asnum in $bad_networks'],
	])('%s %s %j', (field, operator, values, expected) => {
		expect(build({ field, operator, values })).toBe(expected);
	});

	it.each([
		['cf.edge.server_port', 'eq', 'abc', '"abc" is no whole number'],
		['cf.edge.server_port', 'eq', 'AS80', '"AS80" is no whole number'],
		['cf.edge.server_port', 'eq', 1.5, '1.5 is no whole number'],
		['cf.edge.server_port', 'eq', NaN, 'NaN is no whole number'],
		['cf.edge.server_port', 'eq', -1, '-1 is no whole number'],
		['cf.edge.server_port', 'eq', '080', '"080" is no whole number'],
		['cf.edge.server_port', 'eq', '1e3', '"1e3" is no whole number'],
		['cf.edge.server_port', 'eq', true, 'true is no whole number'],
		['cf.edge.server_port', 'eq', 65536, '65536 is more than 65535, the largest possible'],
		['cf.edge.server_port', 'lt', '1..5', '"1..5" is no whole number'],
		['cf.edge.server_port', 'in', '9..5', '"9..5" is a range that ends before it starts'],
		['ip.src.asnum', 'inList', 'cf.malware', '"cf.malware" is no list name'],
	])('%s %s %j is refused: %s', (field, operator, values, problem) => {
		expect(refused({ field, operator, values })).toMatchObject({ field: VALUE, problem });
	});
});

describe('a code', () => {
	it.each([
		['ip.src.country', 'eq', 'de', 'ip.src.country eq "DE"'],
		['ip.src.country', 'in', 'ru, KP\nT1 XX', 'ip.src.country in {"RU" "KP" "T1" "XX"}'],
		['ip.src.country', 'notIn', ['DE', 'de'], 'not (ip.src.country in {"DE"})'],
		['ip.src.continent', 'ne', 'eu', 'ip.src.continent ne "EU"'],
		['http.request.method', 'in', 'post put', 'http.request.method in {"POST" "PUT"}'],
	])('%s %s %j', (field, operator, values, expected) => {
		expect(build({ field, operator, values })).toBe(expected);
	});

	it.each([
		['ip.src.country', 'eq', 'Germany', '"Germany" is no country'],
		['ip.src.country', 'eq', 'ß', '"ß" is no country'],
		['ip.src.country', 'in', 'DE "FR"', 'value 2, ""FR"", is no country'],
		['ip.src.country', 'eq', 49, '49 is no country'],
		['ip.src.continent', 'eq', 'EE', '"EE" is no continent'],
		['http.request.method', 'eq', 'GET POST', '"GET POST" is no method'],
	])('%s %s %j is refused: %s', (field, operator, values, problem) => {
		expect(refused({ field, operator, values })).toMatchObject({ field: VALUE, problem });
	});
});

describe('a text', () => {
	const text = (operator: string, values: unknown, ignoreCase?: boolean) =>
		build({ field: 'http.user_agent', operator, values, ignoreCase });

	it.each([
		['eq', 'curl/8.5', 'http.user_agent eq "curl/8.5"'],
		['eq', '', 'http.user_agent eq ""'],
		['ne', '', 'http.user_agent ne ""'],
		['ne', 'a "b" \\c', 'http.user_agent ne "a \\"b\\" \\\\c"'],
		['eq', '  two, words ', 'http.user_agent eq "  two, words "'],
		['eq', 42, 'http.user_agent eq "42"'],
		['eq', false, 'http.user_agent eq "false"'],
		['in', 'a, b\r\nc\n\n d ', 'http.user_agent in {"a, b" "c" " d "}'],
		['in', ['a\\', 'a\\', ''], 'http.user_agent in {"a\\\\" ""}'],
		['notIn', 'a\nb', 'not (http.user_agent in {"a" "b"})'],
		['contains', 'sqlmap', 'http.user_agent contains "sqlmap"'],
		['notContains', 'x', 'not (http.user_agent contains "x")'],
		['startsWith', 'curl', 'starts_with(http.user_agent, "curl")'],
		['endsWith', 'bot)', 'ends_with(http.user_agent, "bot)")'],
		['wildcard', '*bot*', 'http.user_agent wildcard "*bot*"'],
		['wildcard', '\\*\\\\*', 'http.user_agent wildcard "\\\\*\\\\\\\\*"'],
		['strictWildcard', '*Bot', 'http.user_agent strict wildcard "*Bot"'],
		['matches', '^curl/[78]\\.', 'http.user_agent matches r#"^curl/[78]\\."#'],
		['matches', 'a"##b"#', 'http.user_agent matches r###"a"##b"#"###'],
		['notMatches', 'x', 'not (http.user_agent matches r#"x"#)'],
	])('with %s and %j gives %j', (operator, values, expected) => {
		expect(text(operator, values)).toBe(expected);
	});

	it.each([
		['eq', 'Curl', 'lower(http.user_agent) eq "curl"'],
		['ne', 'Curl', 'lower(http.user_agent) ne "curl"'],
		['in', 'A\na\nÉ', 'lower(http.user_agent) in {"a" "É"}'],
		['notContains', 'BOT', 'not (lower(http.user_agent) contains "bot")'],
		['startsWith', 'CURL', 'starts_with(lower(http.user_agent), "curl")'],
		['wildcard', '*Bot*', 'http.user_agent wildcard "*Bot*"'],
	])('with %s and %j, case ignored, gives %j', (operator, values, expected) => {
		expect(text(operator, values, true)).toBe(expected);
	});

	it.each([
		['eq', 'a\nb', '"a b" holds a line break'],
		['eq', 'a\u0000b', '"a b" holds the control character U+0000'],
		['eq', 'a\tb', '"a b" holds the control character U+0009'],
		['eq', 'a\ud83d', '"a\ud83d" holds half a character (U+D83D without its other half)'],
		['contains', '', 'an empty text cannot be compared with Contains'],
		['matches', '', 'an empty text cannot be compared with Matches Regular Expression'],
		['wildcard', '**', '"**" holds two asterisks in a row'],
		['wildcard', 'C:\\x', '"C:\\x" holds a single backslash'],
		['matches', `"${'#'.repeat(255)}`, expect.stringMatching(/holds too many number signs/)],
		['eq', NaN, 'NaN is no text'],
		['eq', undefined, 'got nothing'],
		['in', '', 'got nothing'],
		['contains', ['a', 'b'], 'got 2 values, but Contains takes one'],
		['eq', Symbol('x'), 'got a symbol'],
	])('with %s and %j is refused: %s', (operator, values, problem) => {
		expect(refused({ field: 'http.user_agent', operator, values })).toMatchObject({
			field: VALUE,
			problem,
		});
	});

	it('that is never empty is not compared with an empty text, which would fit every request or none', () => {
		expect(refused({ field: 'http.host', operator: 'ne', values: '' }).problem).toBe(
			'an empty text cannot be compared with Does Not Equal',
		);
	});

	it.each([
		['strictWildcard', /Matches Wildcard/],
		['matches', /\(\?i\)/],
	])('cannot ignore case with %s, and the message says what can', (operator, advice) => {
		const error = refused({ field: 'http.host', operator, values: 'a', ignoreCase: true });
		expect(error.field).toBe('Conditions → Condition 1 → Ignore Case');
		expect(error.expected).toMatch(advice);
	});
});

describe('a header or query argument', () => {
	const header = (rest: Loose) =>
		build({ field: 'http.request.headers', name: 'X-Api-Key', ...rest });

	it.each([
		['eq', 'v', 'any(http.request.headers["x-api-key"][*] eq "v")'],
		['ne', 'v', 'not any(http.request.headers["x-api-key"][*] eq "v")'],
		['in', 'a\nb', 'any(http.request.headers["x-api-key"][*] in {"a" "b"})'],
		['notIn', ['a'], 'not any(http.request.headers["x-api-key"][*] in {"a"})'],
		['notContains', 'v', 'not any(http.request.headers["x-api-key"][*] contains "v")'],
		['startsWith', 'v', 'any(starts_with(http.request.headers["x-api-key"][*], "v"))'],
		['matches', 'v', 'any(http.request.headers["x-api-key"][*] matches r#"v"#)'],
	])('with %s: one of its values, or none of them', (operator, values, expected) => {
		expect(header({ operator, values })).toBe(expected);
	});

	it('can be compared ignoring case', () => {
		expect(header({ operator: 'contains', values: 'AbC', ignoreCase: true })).toBe(
			'any(lower(http.request.headers["x-api-key"][*])[*] contains "abc")',
		);
		expect(
			refused({
				field: 'http.request.headers',
				name: 'a',
				operator: 'startsWith',
				values: 'a',
				ignoreCase: true,
			}).expected,
		).toMatch(/Matches Wildcard/);
	});

	it('keeps the name of an argument as it is', () => {
		const condition = {
			field: 'http.request.uri.args',
			name: ' q"] ',
			operator: 'eq',
			values: '1',
		};
		expect(build(condition)).toBe('any(http.request.uri.args[" q\\"] "][*] eq "1")');
	});

	it.each([
		['http.request.headers', undefined, 'nothing is no name of a header'],
		['http.request.headers', 'x y', '"x y" is no name of a header'],
		['http.request.headers', 'x:', '"x:" is no name of a header'],
		['http.request.headers', '"] or true', '""] or true" is no name of a header'],
		['http.request.headers', ['x'], 'a list is no name of a header'],
		['http.request.uri.args', '', 'got an empty text'],
		['http.request.uri.args', 5, 'got 5'],
		['http.request.uri.args', 'a\nb', '"a b" holds a line break'],
	])('%s named %j is refused: %s', (field, name, problem) => {
		expect(refused({ field, name, operator: 'eq', values: 'v' })).toMatchObject({
			field: 'Conditions → Condition 1 → Name',
			problem,
		});
	});
});

describe('a yes-or-no field', () => {
	it('is written alone', () => {
		expect(build({ field: 'ssl', operator: 'isTrue' })).toBe('ssl');
		expect(build({ field: 'ssl', operator: 'isFalse', values: '' })).toBe('not ssl');
		expect(build({ field: 'cf.client.bot', operator: 'isTrue', values: null })).toBe(
			'cf.client.bot',
		);
	});

	it.each([['x'], [true], [['x']], [0]])('takes no value such as %j', (values) => {
		expect(refused({ field: 'ssl', operator: 'isTrue', values })).toMatchObject({
			field: VALUE,
			problem: expect.stringMatching(/but Is True takes no value$/),
		});
	});
});

describe('several conditions', () => {
	const host: Condition = { field: 'http.host', operator: 'notContains', values: 'x' };
	const ssl: Condition = { field: 'ssl', operator: 'isFalse' };

	it('are put in parentheses and joined', () => {
		expect(buildExpression([host, ssl], 'and')).toBe(
			'(not (http.host contains "x")) and (not ssl)',
		);
		expect(buildExpression([host, ssl, ssl], 'or')).toBe(
			'(not (http.host contains "x")) or (not ssl) or (not ssl)',
		);
	});

	it('name the condition that is wrong', () => {
		const bad: Condition = { field: 'http.host', operator: 'contains', values: '' };
		expect(refusal(() => buildExpression([ssl, bad], 'and')).message).toBe(
			'Conditions → Condition 2 → Value: an empty text cannot be compared with Contains',
		);
	});

	it.each([[[]], [undefined], [null], ['x'], [{}]])('are required: %j is refused', (none) => {
		expect(refusal(() => buildExpression(none as unknown as Condition[], 'and'))).toMatchObject({
			field: 'Conditions',
			expected: 'At least one condition',
		});
	});

	it('are joined by and or or, nothing else', () => {
		const combine = ') or (' as 'or';
		expect(refusal(() => buildExpression([ssl, ssl], combine)).field).toBe('Combine Conditions');
	});

	it('that get too long are refused with their length and the way out', () => {
		const many = Array.from({ length: 400 }, (_, index) => `198.51.${index >> 8}.${index & 255}`);
		const error = refused({ field: 'ip.src', operator: 'in', values: many });
		expect(error.field).toBe('Conditions');
		expect(error.problem).toMatch(
			/^the expression has 4,\d{3} characters, and Cloudflare accepts 4,096$/,
		);
		expect(error.expected).toMatch(/Is In List/);
	});

	it('may have exactly 4,096 characters', () => {
		const longest = 4096 - 'http.host eq ""'.length;
		expect(build({ field: 'http.host', operator: 'eq', values: 'x'.repeat(longest) })).toHaveLength(
			4096,
		);
		expect(
			refused({ field: 'http.host', operator: 'eq', values: 'x'.repeat(longest + 1) }).problem,
		).toMatch(/4,097/);
	});
});

describe('a field or operator', () => {
	it.each([['__proto__'], ['constructor'], ['ip.src or true'], [''], [null], [5], [Symbol('s')]])(
		'that is unknown is refused: %p',
		(field) => {
			expect(refused({ field, operator: 'eq', values: '1' }).field).toBe(
				'Conditions → Condition 1 → Field',
			);
		},
	);

	it.each([['__proto__'], ['or'], ['=='], [undefined], [{}]])(
		'operator %p is refused with those that fit',
		(operator) => {
			expect(refused({ field: 'ssl', operator })).toMatchObject({
				field: 'Conditions → Condition 1 → Operator',
				expected: 'One of: Is False (isFalse), Is True (isTrue)',
			});
		},
	);

	it.each([
		['ip.src', 'contains', 'Contains does not fit the field Source IP Address'],
		['ip.src.country', 'matches', 'Matches Regular Expression does not fit the field Country'],
		['http.cookie', 'inList', 'Is In List does not fit the field Cookie'],
		['http.host', 'lt', 'Less Than does not fit the field Host Name'],
		['ssl', 'eq', 'Equals does not fit the field SSL/HTTPS'],
	])('%s with %s does not fit', (field, operator, problem) => {
		expect(refused({ field, operator, values: 'x' }).problem).toBe(problem);
	});

	it.each([
		['ip.src', 'eq', '192.0.2.1'],
		['ip.src.country', 'eq', 'DE'],
		['http.host', 'inList', 'x'],
	])('%s with %s cannot ignore case', (field, operator, values) => {
		expect(refused({ field, operator, values, ignoreCase: true }).field).toBe(
			'Conditions → Condition 1 → Ignore Case',
		);
	});

	it('ignores case only for true', () => {
		expect(
			refused({ field: 'http.host', operator: 'eq', values: 'a', ignoreCase: 'false' }).problem,
		).toBe('got "false"');
	});

	it.each([[null], ['ip.src eq 192.0.2.1'], [[]], [7]])(
		'needs a condition, not %j',
		(condition) => {
			expect(refused(condition as unknown as Loose).field).toBe('Conditions → Condition 1');
		},
	);
});

describe('a typed expression', () => {
	it('is only trimmed', () => {
		expect(checkExpression('\n (ip.src eq 192.0.2.1\n or  ssl) ')).toBe(
			'(ip.src eq 192.0.2.1\n or  ssl)',
		);
	});

	it.each([[''], [' \n'], [null], [undefined], [5], [{}], [['ssl']]])(
		'is refused when it is %j',
		(text) => {
			expect(refusal(() => checkExpression(text)).field).toBe('Rule Expression');
		},
	);

	it('counts characters, not the halves of pairs, up to 4,096', () => {
		expect(checkExpression(` ${'😀'.repeat(4096)} `)).toHaveLength(8192);
		expect(refusal(() => checkExpression('😀'.repeat(4097))).problem).toBe(
			'the expression has 4,097 characters, and Cloudflare accepts 4,096',
		);
	});
});
