import type { Locator, Page } from 'playwright-core';

/** The list from which a node is added. */
export class NodeCreator {
	constructor(private readonly page: Page) {}

	get root(): Locator {
		return this.page.getByTestId('node-creator');
	}

	/** The names of what is listed now. */
	get names(): Locator {
		return this.root.getByTestId('node-creator-item-name');
	}

	/** What is listed, or the heading of a part of it. */
	entry(name: string): Locator {
		return this.root.getByText(name, { exact: true });
	}

	async search(text: string): Promise<void> {
		await this.root.getByTestId('node-creator-search-bar').fill(text);
	}

	/** Opens what a node can do, or adds the action. */
	async choose(name: string): Promise<void> {
		await this.entry(name).click();
	}

	/** Shows or hides the triggers or the actions of a node. */
	async toggle(category: 'Triggers' | 'Actions'): Promise<void> {
		await this.root.getByTestId('node-creator-category-item').filter({ hasText: category }).click();
	}
}
