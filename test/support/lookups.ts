import dns, { type LookupAddress } from 'node:dns';

type Lookup = (
  name: string,
  options: object,
  done: (error: Error | null, found: string | LookupAddress[], family?: number) => void,
) => void;

/** Returns a function that replaces `dns.lookup` until the end of the test. */
export function useLookups(): (lookup: Lookup) => void {
  const { lookup } = dns;
  afterEach(() => {
    Object.assign(dns, { lookup });
  });
  return replacement => {
    Object.assign(dns, { lookup: replacement });
  };
}
