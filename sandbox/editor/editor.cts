import type { Locator, Page } from 'playwright-core';
import { NodeCreator } from './nodeCreator.cjs';
import { NodeView } from './nodeView.cjs';

/** A workflow in n8n's editor. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly url: string,
	) {
		// The browser asks before it leaves what is not saved.
		page.on('dialog', (dialog) => void dialog.accept());
	}

	get canvas(): Locator {
		return this.page.getByTestId('canvas-wrapper');
	}

	async newWorkflow(): Promise<void> {
		await this.goTo('/workflow/new');
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.goTo(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** The list of nodes, from which the first one of an empty workflow is chosen. */
	async addFirstNode(): Promise<NodeCreator> {
		await this.page.getByTestId('canvas-add-button').getByRole('button').click();
		return await this.creator();
	}

	/** The list of nodes, from which a further one is chosen. */
	async addNode(): Promise<NodeCreator> {
		await this.page.getByTestId('node-creator-plus-button').click();
		return await this.creator();
	}

	nodeOnCanvas(name: string): Locator {
		return this.canvas.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	async openNode(name: string): Promise<NodeView> {
		await this.nodeOnCanvas(name).dblclick();
		return await this.node();
	}

	/** The node that is open already. */
	async node(): Promise<NodeView> {
		const view = new NodeView(this.page);
		await view.root.waitFor();
		return view;
	}

	/** Turns the workflow on. */
	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
	}

	private async creator(): Promise<NodeCreator> {
		const creator = new NodeCreator(this.page);
		await creator.root.waitFor();
		return creator;
	}

	private async goTo(path: string): Promise<void> {
		await this.page.goto(`${this.url}${path}`);
	}
}
