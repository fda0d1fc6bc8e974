import { errors, type Locator, type Page } from 'playwright-core';
import { CredentialDialog } from './credentialDialog.cjs';
import { LocatorField } from './locatorField.cjs';
import { chooseOption } from './optionList.cjs';

/** The editor may draw anew what is clicked on, and the click is lost: busy machines show it. */
const CLICKS = 3;
const CLICK_MS = 20_000;

/** An open node: its input, its parameters, its output. */
export class NodeView {
	constructor(private readonly page: Page) {}

	get root(): Locator {
		return this.page.getByTestId('ndv');
	}

	get input(): Locator {
		return this.root.getByTestId('ndv-input-panel');
	}

	get parameters(): Locator {
		return this.root.getByTestId('node-parameters');
	}

	get output(): Locator {
		return this.root.getByTestId('output-panel');
	}

	/** Rows of the output's table, without its heading. */
	get rows(): Locator {
		return this.output.locator('table tbody tr');
	}

	get errorMessage(): Locator {
		return this.output.getByTestId('node-error-message');
	}

	get errorDescription(): Locator {
		return this.output.getByTestId('node-error-description');
	}

	get hints(): Locator {
		return this.output.getByTestId('run-data-hints');
	}

	parameter(name: string): Locator {
		return this.parameters.getByTestId(`parameter-input-${name}`);
	}

	locatorField(name: string): LocatorField {
		return new LocatorField(this.page, this.parameters.getByTestId(`resource-locator-${name}`));
	}

	/** The names of the fields that are shown, from top to bottom. */
	async labels(): Promise<string[]> {
		const texts = await this.parameters.getByTestId('input-label').allInnerTexts();
		// Below, for the mouse: Fixed, Expression.
		return texts.map((text) => text.split('\n')[0] ?? '');
	}

	/** What a closed list, such as Resource, stands at. */
	async chosen(parameter: string): Promise<string> {
		return await this.parameter(parameter).locator('input').inputValue();
	}

	/** Chooses from a closed list, such as Resource. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.parameter(parameter).click();
		await chooseOption(this.page, option);
	}

	async fill(parameter: string, text: string): Promise<void> {
		await this.parameter(parameter).locator('input, textarea').fill(text);
	}

	/** Opens the form of a new credential. */
	async newCredential(): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(this.page);
		for (let tries = CLICKS; ; tries -= 1) {
			await this.clickNewCredential();
			try {
				await dialog.root.waitFor({ timeout: CLICK_MS });
				return dialog;
			} catch (error) {
				if (tries === 1 || !(error instanceof errors.TimeoutError)) throw error;
			}
		}
	}

	private async clickNewCredential(): Promise<void> {
		const none = this.root.getByTestId('node-credentials-empty-state');
		const some = this.root.getByTestId('node-credentials-select');
		const choice = this.page
			.getByTestId('node-credentials-select-item-new')
			.filter({ visible: true });
		await none.or(some).first().waitFor();
		if (await none.isVisible()) return await none.getByRole('button').first().click();
		// Another click would close an open list.
		if (!(await choice.isVisible())) await some.click();
		await choice.click();
	}

	async editCredential(): Promise<CredentialDialog> {
		await this.root.getByTestId('credential-edit-button').click();
		return await this.credentialDialog();
	}

	/** Runs the node, and those before it where they have not run. */
	async execute(): Promise<void> {
		await this.root.getByTestId('node-execute-button').click();
	}

	async showOutputAs(mode: 'schema' | 'table' | 'json'): Promise<void> {
		await this.output.getByTestId(`radio-button-${mode}`).click();
	}

	/** Lets the model of an AI agent fill in the parameter. */
	async letModelDefine(parameter: string): Promise<void> {
		await this.item(parameter).getByTestId('from-ai-override-button').click();
	}

	/** The field with its label. */
	item(parameter: string): Locator {
		return this.parameters
			.getByTestId('parameter-item')
			.filter({ has: this.page.getByTestId(`${parameter}-parameter-input-options-container`) });
	}

	async close(): Promise<void> {
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}

	private async credentialDialog(): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(this.page);
		await dialog.root.waitFor();
		return dialog;
	}
}
