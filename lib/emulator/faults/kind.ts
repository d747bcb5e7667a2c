import type { KoreanAndEnglish } from '../consent-items.js';
import type { HttpRequest } from '../http/request.js';
import type { NoResponse, Outcome, ResponseHead } from '../http/response.js';
import type { EmulatedApp } from '../model.js';
import type { EmulatedEndpoint } from '../paths.js';

/** A member of a fault: how it is entered, checked, shown and applied. */
interface FaultDefinition<Value> {
  name: string;
  /** The field on the developer panel. Without one, only `failNext` can set the member. */
  input?: FaultInput;
  /** @throws {TypeError} when the endpoint cannot have this value. */
  check(value: unknown, endpoint: EmulatedEndpoint): Value;
  /** The value as the developer panel shows it. */
  describe(value: Value): string;
  /**
   * Responds in place of Kakao, or changes the response.
   *
   * @param respond acts on the request, and returns its response with the changes of the kinds before this one.
   */
  apply(respond: Respond, value: Value, context: FaultContext): Result;
}

export type FaultInput = { label: KoreanAndEnglish } & (
  | { type: 'flag' }
  | { type: 'number'; min: number; max?: number }
  | { type: 'select'; options(endpoint: EmulatedEndpoint): readonly (string | number)[] }
);

export type Respond = () => Promise<Outcome | NoResponse>;

type Result = Outcome | NoResponse | Promise<Outcome | NoResponse>;

/** The request that meets a fault. */
export interface FaultContext {
  endpoint: EmulatedEndpoint;
  request: HttpRequest;
  apps: readonly EmulatedApp[];
  /** The values of the fault's members, by name. */
  members: ReadonlyMap<string, unknown>;
  /** Ends a delay. */
  closing: AbortSignal;
}

/** A kind of fault, without the type of its values. */
export interface FaultKind {
  readonly name: string;
  readonly input: FaultInput | undefined;
  /** @throws {TypeError} when the endpoint cannot have this value. */
  prepare(value: unknown, endpoint: EmulatedEndpoint): PreparedFault;
}

/** One member of a fault, checked. */
export interface PreparedFault {
  readonly name: string;
  readonly value: unknown;
  readonly text: string;
  apply(respond: Respond, context: FaultContext): Result;
}

export function defineKind<Value>({ name, input, ...kind }: FaultDefinition<Value>): FaultKind {
  return {
    name,
    input,
    prepare(value, endpoint) {
      const checked = kind.check(value, endpoint);
      const text = kind.describe(checked);
      return {
        name,
        value: checked,
        text,
        apply: (respond, context) => kind.apply(respond, checked, context),
      };
    },
  };
}

/** Changes the status or adds headers. */
export function changeHead(outcome: Outcome | NoResponse, head: Partial<ResponseHead>): Outcome | NoResponse {
  if (typeof outcome === 'string') return outcome;
  const changed = { ...head, headers: { ...outcome.headers, ...head.headers } };
  return outcome instanceof Error ? Object.assign(outcome, changed) : { ...outcome, ...changed };
}
