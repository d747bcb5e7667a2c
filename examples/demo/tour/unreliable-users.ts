import { type KakaoBusinessConnection, type PasswordCost, type User, Users } from '../users.js';
import type { Mishaps } from './mishaps.js';

/** Users in a database that fails according to the current mishap. */
export class UnreliableUsers extends Users {
  readonly #mishaps: Mishaps;

  constructor(mishaps: Mishaps, passwordCost?: PasswordCost) {
    super(passwordCost);
    this.#mishaps = mishaps;
  }

  override findOrCreate(connection: KakaoBusinessConnection): User {
    this.#failIfArranged();
    return super.findOrCreate(connection);
  }

  override connect(user: User, connection: KakaoBusinessConnection): boolean {
    this.#failIfArranged();
    return this.#mishaps.current !== 'account-in-use' && super.connect(user, connection);
  }

  #failIfArranged(): void {
    if (this.#mishaps.current !== 'database-unreachable') return;
    throw new Error('The database cannot be reached (arranged by the tour of problems)');
  }
}
