/** A resource locator as a workflow file holds it. */
export const locator = (mode: 'id', value: string) => ({ __rl: true, mode, value });
