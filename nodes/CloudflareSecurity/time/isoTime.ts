/** "2026-12-01T10:00:00Z", with milliseconds only where there are any. @param time milliseconds since 1970 */
export const isoTime = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
