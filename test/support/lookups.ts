import dns, { type LookupAddress } from 'node:dns';

type Lookup = (
  name: string,
  options: object,
  done: (error: Error | null, found: string | LookupAddress[], family?: number) => void,
) => void;

/** Gives a function that lets a test answer the lookups of host names. After the test they are real again. */
export function useLookups(): (answer: Lookup) => void {
  const { lookup } = dns;
  afterEach(() => {
    Object.assign(dns, { lookup });
  });
  return answer => {
    Object.assign(dns, { lookup: answer });
  };
}
