/**
 * Creates a check that throws a TypeError for misspelt option names: those that differ from a known name only in case,
 * underscores or a plural s. Other unknown names pass, since apps spread objects with other members.
 *
 * @param unsupported options of other strategies, with the reason why each is not supported; a falsy value passes.
 */
export function createNameCheck(
  known: readonly string[],
  unsupported: Readonly<Record<string, string>>,
): (owner: string, options: object) => void {
  const isKnown = new Set(known);
  const rightNames = new Map(known.map(name => [toKey(name), name]));
  const reasons = new Map(Object.entries(unsupported).map(([name, reason]) => [toKey(name), reason]));
  return (owner, options) => {
    for (const name in options) {
      if (isKnown.has(name)) continue; // first, since this runs for every login
      const value: unknown = Reflect.get(options, name);
      if (value === undefined) continue;
      const right = rightNames.get(toKey(name));
      if (right) throw new TypeError(`${owner} has no ${name} option; it is ${right}`);
      const reason = value ? reasons.get(toKey(name)) : undefined;
      if (reason) throw new TypeError(`${owner} has no ${name} option: ${reason}`);
    }
  };
}

const toKey = (name: string): string => name.toLowerCase().replace(/_|s$/g, '');

/** Options of passport-oauth2 that cannot be supported. */
export const UNSUPPORTED = {
  pkce: 'Kakao rejects the parameters of PKCE with KOE233',
  scopeSeparator: 'the comma that Kakao expects is built in',
  customHeaders: 'to add headers, give a fetch function that adds them',
  proxy:
    'proxy headers are not read, since redirect URIs are absolute; to send requests through a proxy, set agent',
};
