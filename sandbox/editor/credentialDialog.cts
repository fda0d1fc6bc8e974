import type { Locator, Page } from 'playwright-core';
import { chooseOption } from './optionList.cjs';

/** The form of a credential. */
export class CredentialDialog {
	constructor(private readonly page: Page) {}

	get root(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	/** The green banner. */
	get success(): Locator {
		return this.root.getByTestId('credentials-config-container-test-success');
	}

	/** The heading of the red banner. */
	get failure(): Locator {
		return this.root.getByText('Couldn’t connect with these settings');
	}

	/** The form begins with the kind that was made last. */
	async chooseKind(name: string): Promise<void> {
		const kinds = this.root.getByTestId('credential-mode-dropdown-trigger');
		if ((await kinds.innerText()).trim() === name) return;
		await kinds.click();
		await this.page.getByRole('menuitem', { name, exact: true }).click();
	}

	async fill(parameter: string, text: string): Promise<void> {
		await this.field(parameter).locator('input').fill(text);
	}

	async choose(parameter: string, option: string): Promise<void> {
		await this.field(parameter).click();
		await chooseOption(this.page, option);
	}

	field(parameter: string): Locator {
		return this.root.getByTestId(`parameter-input-${parameter}`);
	}

	/** n8n tests what it saves, and closes the form if that went well. */
	async save(): Promise<void> {
		await this.root.getByTestId('credential-save-button').click();
	}

	/** What the form says when the red banner is there, with its details opened. */
	async failureText(): Promise<string> {
		const details = this.root.getByText('More details', { exact: true }).filter({ visible: true });
		await this.failure.waitFor();
		await details.click();
		await details.waitFor({ state: 'hidden' });
		return await this.root.innerText();
	}

	async close(): Promise<void> {
		await this.root.getByRole('button', { name: 'Close this dialog' }).click();
		await this.root.waitFor({ state: 'hidden' });
	}
}
