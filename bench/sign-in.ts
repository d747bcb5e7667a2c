/** Where the stand-in's two hosts are. */
export interface Hosts {
  kauth: string;
  kapi: string;
}

/** Something that signs users in. */
export interface Contender {
  /** The redirect step. @returns the state that the browser takes along. */
  start(session: object): Promise<string>;
  /** The step after the consent screen. @returns the ID of the user. */
  callback(session: object, answer: { code: string; state: string }): Promise<string>;
}
