import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import type { ConsentItemID, KakaoBusinessProfile } from 'passport-kakao-business';

/** The user with a password, which the start page shows. */
export const demoUser = { username: 'demo', password: 'open-sesame' };

/** The parameters of scrypt: the cost of hashing a password, and so of guessing one. */
export interface PasswordCost {
  /** A power of two. A hash takes 128 · N · r bytes of memory, and time in proportion to N · r · p. */
  N: number;
  /** The size of a block, in units of 128 bytes. */
  r: number;
  /** How many times the blocks are mixed. */
  p: number;
}

/** The cost that OWASP recommends: 16 MiB of memory and about 0.3 s of CPU for each hash. */
export const strongPasswordCost: PasswordCost = { N: 2 ** 14, r: 8, p: 5 };

/** The user's consent at Kakao. The token stays on the server: no page, URL or log contains it. */
export interface KakaoBusinessConnection {
  accessToken: string;
  /** The consent items that the user agreed to. */
  consents: ConsentItemID[];
  profile: KakaoBusinessProfile;
  connectedAt: Date;
  /** The result of the last token check. */
  lastCheck?: { at: Date; works: boolean };
}

/** A user of this app, with a password, Kakao Business or both. */
export class User {
  readonly id = randomUUID();
  /** Undefined for users without a password. */
  readonly username: string | undefined;
  kakaoBusiness: KakaoBusinessConnection | undefined;

  constructor(username?: string) {
    this.username = username;
  }
}

/** The users, in memory; use a database in your app. */
export class Users {
  readonly #byID = new Map<string, User>();
  readonly #byKakaoID = new Map<string, User>();
  readonly #passwords = new Map<string, { user: User; salt: Buffer; hash: Buffer }>();
  readonly #passwordCost: PasswordCost;

  /** @param passwordCost the cost of hashing a password. Use a cheap one in tests only. */
  constructor(passwordCost: PasswordCost = strongPasswordCost) {
    this.#passwordCost = passwordCost;
  }

  find(id: unknown): User | undefined {
    return typeof id === 'string' ? this.#byID.get(id) : undefined;
  }

  /** The owner of a Kakao Business account. Found by the ID only, because an email can change owners. */
  findByKakaoID(id: string): User | undefined {
    return this.#byKakaoID.get(id);
  }

  async addWithPassword(username: string, password: string): Promise<void> {
    const salt = randomBytes(16);
    const user = this.#add(new User(username));
    this.#passwords.set(username, { user, salt, hash: await this.#hash(password, salt) });
  }

  async findByPassword(username: string, password: string): Promise<User | false> {
    const known = this.#passwords.get(username);
    // An unknown name takes as long as a wrong password, so that the time does not reveal which names exist.
    const { user, salt, hash } = known ?? nobody;
    const matches = timingSafeEqual(await this.#hash(password, salt), hash);
    return matches && user;
  }

  /** Finds or creates the owner of a Kakao Business account. */
  findOrCreate(connection: KakaoBusinessConnection): User {
    const { id } = connection.profile;
    const user = this.findByKakaoID(id) ?? this.#add(new User());
    this.#byKakaoID.set(id, user);
    user.kakaoBusiness = connection;
    return user;
  }

  /** @returns false when the Kakao Business account belongs to another user. */
  connect(user: User, connection: KakaoBusinessConnection): boolean {
    const { id } = connection.profile;
    const owner = this.findByKakaoID(id) ?? user;
    if (owner !== user) return false;
    this.#forgetKakaoIDs(user);
    this.#byKakaoID.set(id, user);
    user.kakaoBusiness = connection;
    return true;
  }

  /** Ends this connection, unless another browser has replaced it in the meantime. */
  disconnect(user: User, connection: KakaoBusinessConnection): void {
    if (user.kakaoBusiness !== connection) return;
    user.kakaoBusiness = undefined;
    // Without a password, the user can sign in with Kakao Business only.
    if (user.username !== undefined) this.#forgetKakaoIDs(user);
  }

  #hash(password: string, salt: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      scrypt(password, salt, HASH_BYTES, this.#passwordCost, (error, hash) =>
        error ? reject(error) : resolve(hash),
      );
    });
  }

  #forgetKakaoIDs(user: User): void {
    for (const [id, owner] of this.#byKakaoID) if (owner === user) this.#byKakaoID.delete(id);
  }

  #add(user: User): User {
    this.#byID.set(user.id, user);
    return user;
  }
}

const HASH_BYTES = 32;
const nobody = { user: false, salt: randomBytes(16), hash: randomBytes(HASH_BYTES) } as const;
