/** A TypeError about one member of what a call of the emulator got: an option, a member of a fault, and so on. */
export class InvalidMember extends TypeError {
  /** The path of the member, such as `adAccounts.moment[0].id`. */
  readonly member: string;
  /** The message without the name of the call. */
  readonly reason: string;

  /** @param message the whole message, by default the call and the reason. */
  constructor(call: string, member: string, reason: string, message = `${call}: ${reason}`) {
    super(message);
    this.member = member;
    this.reason = reason;
  }
}

/** An error about a member of a request to the control API. */
export const invalid = (member: string, reason: string): InvalidMember =>
  new InvalidMember('control', member, reason);

/** @throws {InvalidMember} for the first name that is not known. */
export function requireKnown(names: Iterable<string>, known: readonly string[]): void {
  for (const name of names) {
    if (!known.includes(name)) {
      throw invalid(name, `unknown member ${name}; known members: ${known.join(', ')}`);
    }
  }
}
