/** Which endpoint a path means, read from the path as it is sent: a slash that came in with a value makes another one. */
import { REQUIREMENTS } from '../../../sandbox/cloudflare/permissions.cjs';

interface Route {
	/** `GET /zones/:zone_id`. */
	name: string;
	method: string;
	parts: string[];
}

const routes: readonly Route[] = Object.keys(REQUIREMENTS).map((name) => {
	const [method, path] = name.split(' ');
	return { name, method, parts: path.split('/') };
});

const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;
const WORD = /^[a-z0-9_]{1,64}$/;

const fits = (part: string, segment: string): boolean => {
	if (!part.startsWith(':')) return part === segment;
	return ID.test(segment) || (!part.endsWith('_id') && WORD.test(segment));
};

/** @returns undefined when no endpoint has this method and path, or a part of the path is no ID and no name */
export function routeOf(method: string, path: string): string | undefined {
	const segments = path.split('/');
	const weight = ({ parts }: Route) => parts.filter((part) => part.startsWith(':')).length;
	return routes
		.filter(
			(route) =>
				route.method === method &&
				route.parts.length === segments.length &&
				route.parts.every((part, index) => fits(part, segments[index])),
		)
		.sort((a, b) => weight(a) - weight(b))[0]?.name;
}
