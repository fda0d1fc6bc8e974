/** Earlier requests of the same run may have succeeded, and nothing else shows it. */
export function tellBeside(error: unknown, text: string): void {
	if (!(error instanceof Error)) return;
	const told = error as Error & { description?: string | null };
	told.description = [told.description, text].filter(Boolean).join(' ');
}
