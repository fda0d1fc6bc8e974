/** Seed data that is made when first asked for: most tests never look at it, and all of them start a sandbox. */
export class Lazy<T> {
	private made: { value: T } | undefined;

	constructor(private readonly make: () => T) {}

	get value(): T {
		this.made ??= { value: this.make() };
		return this.made.value;
	}

	set value(value: T) {
		this.made = { value };
	}
}
