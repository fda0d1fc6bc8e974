export const API_PREFIX = '/client/v4';

/** The path below /client/v4, or the whole path when it is elsewhere. */
export const apiPath = (pathname: string): string =>
	pathname.startsWith(`${API_PREFIX}/`) ? pathname.slice(API_PREFIX.length) : pathname;
