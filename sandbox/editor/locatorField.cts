import type { Locator, Page } from 'playwright-core';

const MODES = { 'From List': 'list', 'By ID': 'id', 'By Name': 'name' } as const;

/** A field whose value is chosen from a searchable list, or typed as an ID or a name. */
export class LocatorField {
	constructor(
		private readonly page: Page,
		readonly root: Locator,
	) {}

	/** What is chosen or typed. */
	get input(): Locator {
		return this.root.locator('[data-test-id="rlc-input"] input, input[data-test-id="rlc-input"]');
	}

	/** What the open list shows. */
	get items(): Locator {
		return this.page.getByTestId('rlc-item').filter({ visible: true });
	}

	/** The open list. */
	get list(): Locator {
		return this.page.getByTestId('resource-locator-dropdown').filter({ visible: true });
	}

	async setMode(mode: keyof typeof MODES): Promise<void> {
		await this.root.getByTestId('rlc-mode-selector').click();
		await this.page.getByTestId(`mode-${MODES[mode]}`).filter({ visible: true }).click();
	}

	async openList(): Promise<void> {
		await this.root.getByTestId('rlc-input').click();
		await this.items.first().waitFor();
	}

	async search(text: string): Promise<void> {
		const box = this.page.getByTestId('rlc-search').filter({ visible: true });
		await box
			.locator('input')
			.or(box.and(this.page.locator('input')))
			.fill(text);
	}

	/** Scrolls to the end of what is there, which makes n8n fetch the next page. */
	async scrollToEnd(): Promise<void> {
		await this.items.last().scrollIntoViewIfNeeded();
	}

	async pick(name: string): Promise<void> {
		await this.items.filter({ has: this.page.getByText(name, { exact: true }) }).click();
	}

	async type(text: string): Promise<void> {
		await this.input.fill(text);
	}
}
