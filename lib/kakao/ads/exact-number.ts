/**
 * Whether a number arrives as it was meant: integers past 2^53 are rounded already, and JSON has no NaN or Infinity.
 */
export const isExactNumber = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

/** Creates the error for a number that is not exact. */
export const inexactNumber = (where: string): TypeError =>
  new TypeError(
    `KakaoBusinessClient: ${where} has a number that is rounded or not finite; write IDs as bigints or strings`,
  );
