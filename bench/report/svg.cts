/** The little that the plots need of SVG. */

const escaped = (text: string): string =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');

type Attributes = Record<string, string | number>;

const written = (attributes: Attributes): string =>
	Object.entries(attributes)
		.map(([name, value]) => {
			const short = typeof value === 'number' ? Number(value.toFixed(1)) : value;
			return ` ${name}="${escaped(String(short))}"`;
		})
		.join('');

export const element = (name: string, attributes: Attributes, ...children: string[]): string =>
	children.length === 0
		? `<${name}${written(attributes)}/>`
		: `<${name}${written(attributes)}>${children.join('')}</${name}>`;

export const text = (x: number, y: number, content: string, more: Attributes = {}): string =>
	element('text', { x, y, 'font-size': 12, ...more }, escaped(content));

export const line = (
	x1: number,
	y1: number,
	x2: number,
	y2: number,
	more: Attributes = {},
): string => element('line', { x1, y1, x2, y2, stroke: '#d1d5db', ...more });

/** @param label what somebody hears who does not see it */
export function drawing(width: number, height: number, label: string, parts: string[]): string {
	const background = element('rect', { width, height, rx: 12, fill: '#ffffff' });
	const all = element(
		'svg',
		{
			xmlns: 'http://www.w3.org/2000/svg',
			width,
			height,
			viewBox: `0 0 ${width} ${height}`,
			'font-family': 'Helvetica, Arial, sans-serif',
			fill: '#1f2937',
			role: 'img',
			'aria-label': label,
		},
		`\n${[background, ...parts].join('\n')}\n`,
	);
	return `${all}\n`;
}
