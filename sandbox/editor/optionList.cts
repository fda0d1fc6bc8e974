import type { Page } from 'playwright-core';

/** Chooses from the closed list that is open now, by the whole name of an option. */
export async function chooseOption(page: Page, name: string): Promise<void> {
	await page
		.getByTestId('parameter-input-item')
		.filter({ visible: true })
		.filter({ has: page.getByText(name, { exact: true }) })
		.click();
}
