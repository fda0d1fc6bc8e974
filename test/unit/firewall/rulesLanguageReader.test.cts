import { readExpression } from '../../support/rulesLanguageReader.cjs';

/** The reader is what the property-based tests rely on: it must refuse what the language does not have. */
describe('the reader of the rules language', () => {
	it.each([
		'',
		' ',
		'http.host eq "a" or',
		'http.host eq "a" true',
		'http.host eq "a"x',
		'(http.host eq "a"',
		'http.host eq "a"))',
		'http.host eq "a',
		'http.host eq "a\\"',
		'http.host eq "a\\n"',
		'http.host eq "a\nb"',
		'http.host eq "\ud800"',
		"http.host eq 'a'",
		'http.host eq a',
		'http.host eq 5',
		'http.host EQ "a"',
		'http.host matches "a"',
		'http.host matches r#"a"',
		'http.host matches r#"a"##',
		'http.host wildcard "**"',
		'http.host wildcard "a\\\\b"',
		'http.host in {}',
		'http.host in {"a","b"}',
		'http.host in {"a" , "b"}',
		'http.host in {"a""b"}',
		'http.host in {"a" 5}',
		'http.host in "a"',
		'http.cookie in $list',
		'ip.src in {192.0.2.1,192.0.2.2}',
		'ip.src in {192.0.2.1 "192.0.2.2"}',
		'ip.src in {192.0.2.1 5}',
		'ip.src in {192.0.2.7/24}',
		'ip.src in {192.0.2.9..192.0.2.1}',
		'ip.src in {192.0.2.1..2001:db8::1}',
		'ip.src eq 192.0.2.0/24',
		'ip.src eq "192.0.2.1"',
		'ip.src eq 192.0.2',
		'ip.src in $List',
		'cf.edge.server_port in {9..5}',
		'cf.edge.server_port eq 080',
		'cf.edge.server_port contains "8"',
		'unknown.field eq "a"',
		'ssl eq "a"',
		'http.host',
		'http.request.headers["a"][*] eq "b"',
		'http.request.headers["a"] eq "b"',
		'any(http.request.headers["A"][*] eq "b")',
		'any(http.host eq "b")',
		'any(lower(http.request.headers["a"][*]) eq "b")',
		'starts_with("a", http.host)',
		'starts_with(http.host "a")',
		'http.host starts_with "a"',
		`http.host eq "${'a'.repeat(4096)}"`,
	])('refuses %j', (text) => {
		expect(() => readExpression(text)).toThrow();
	});

	it('knows which word binds tighter', () => {
		const flag = {
			kind: 'flag',
			subject: { field: 'ssl', type: 'boolean', lower: false, each: false },
		};
		expect(readExpression('not ssl and ssl or ssl xor ssl')).toEqual({
			kind: 'or',
			items: [
				{ kind: 'and', items: [{ kind: 'not', item: flag }, flag] },
				{ kind: 'xor', items: [flag, flag] },
			],
		});
	});

	it('decodes strings of both kinds', () => {
		const value = (text: string) => readExpression(text) as { value?: unknown };
		expect(value('http.host eq "a\\"\\\\b"').value).toEqual({
			kind: 'string',
			value: 'a"\\b',
			raw: false,
		});
		expect(value('http.host eq r##"a"#\\"##').value).toEqual({
			kind: 'string',
			value: 'a"#\\',
			raw: true,
		});
	});
});
