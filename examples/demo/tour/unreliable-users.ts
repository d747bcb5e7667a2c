import { type KakaoBusinessConnection, type User, Users } from '../users.js';

/** Users in a database that can be made to fail. */
export class UnreliableUsers extends Users {
  #failing = false;

  /** Makes the next sign-in or connection fail, as a database does that cannot be reached. */
  failNext(): void {
    this.#failing = true;
  }

  override findOrCreate(connection: KakaoBusinessConnection): User {
    this.#failIfTold();
    return super.findOrCreate(connection);
  }

  override connect(user: User, connection: KakaoBusinessConnection): boolean {
    this.#failIfTold();
    return super.connect(user, connection);
  }

  #failIfTold(): void {
    if (!this.#failing) return;
    this.#failing = false;
    throw new Error('The database cannot be reached (arranged by the tour of problems)');
  }
}
