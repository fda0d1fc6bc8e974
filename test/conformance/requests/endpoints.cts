import { REQUIREMENTS } from '../../../sandbox/cloudflare/permissions.cjs';
import type { SentRequest } from '../../support/sentRequest.cjs';

const routes = Object.keys(REQUIREMENTS).map((route) => ({
	route: route.replace(/:(\w+)/g, '{$1}'),
	pattern: new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`),
	parameters: (route.match(/:/g) ?? []).length,
}));
// `/lists/bulk_operations` is also `/lists/:list_id`: the route with the fewest parameters is meant.
routes.sort((a, b) => a.parameters - b.parameters);

/** What the sandbox serves, as `GET /zones/{zone_id}/rulesets`. */
export const servedEndpoints: readonly string[] = routes.map(({ route }) => route);

/** The endpoint of a request. @throws when the sandbox does not serve it */
export function endpointOf({ method, path }: SentRequest): string {
	const found = routes.find(({ pattern }) => pattern.test(`${method} ${path}`));
	if (!found) throw new Error(`The sandbox does not serve ${method} ${path}`);
	return found.route;
}
