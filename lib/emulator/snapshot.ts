/** The values of a list at one time, to which it can be set back. Its objects stay the same. */
export class Snapshot<T extends object> {
  readonly #list: T[];
  readonly #entries: readonly { object: T; values: T }[];

  constructor(list: T[]) {
    this.#list = list;
    this.#entries = list.map(object => ({ object, values: structuredClone(object) }));
  }

  restore(): void {
    this.#list.splice(0, this.#list.length, ...this.#entries.map(({ object }) => object));
    for (const { object, values } of this.#entries) replaceMembers(object, structuredClone(values));
  }
}

/** Gives an object the members of another, and removes all others. */
export function replaceMembers<T extends object>(object: T, values: T): void {
  for (const name of Object.keys(object)) Reflect.deleteProperty(object, name);
  Object.assign(object, values);
}
