import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';
import { isRedirectURI } from '../option-checks.js';
import type { KakaoBusinessEmulatorOptions } from '../options.js';

/** What whoever typed the command has to put right, in one sentence. */
export class CommandMistake extends Error {}

/** What a command line asks for, its file read. */
export interface Command {
  help: boolean;
  version: boolean;
  json: boolean;
  options: KakaoBusinessEmulatorOptions;
  /** To be registered beside those of the options. */
  redirectURIs: string[];
  /** Where the options come from, if not from the command line alone. */
  file: string | undefined;
}

/** Fixed, so that it can be written down in the configuration of an app. On a telephone it spells KAKA. */
export const defaultPort = 5252;

/** @throws {CommandMistake} */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parse(args);
  const { help = false, version = false, json = false, host, port } = values;
  const [file, another] = positionals;
  if (another !== undefined) throw new CommandMistake(`It takes one file, not both ${file} and ${another}`);

  const options = file === undefined || help || version ? {} : readOptions(file);
  return {
    help,
    version,
    json,
    options: {
      ...options,
      host: host === undefined ? options.host : toHost(host),
      port: port === undefined ? (options.port ?? defaultPort) : toPort(port),
    },
    redirectURIs: (values['redirect-uri'] ?? []).map(toRedirectURI),
    file,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
        json: { type: 'boolean' },
        version: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node goes on about arguments that start with a dash.
    const [sentence = ''] = error.message.split(/\.\s/);
    throw new CommandMistake(
      `${sentence.replace(/ argument is ambiguous$/, ' argument missing, or it starts with a dash')}; see --help`,
    );
  }
}

function readOptions(file: string): KakaoBusinessEmulatorOptions {
  // Its members are checked where those of every caller without types are: by startKakaoBusinessEmulator().
  const options: KakaoBusinessEmulatorOptions | null = parseJSON(file, readText(file));
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new CommandMistake(`${file} must hold a JSON object; see --help`);
  }
  return options;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, ''); // editors of Windows write it
  } catch (error) {
    throw new CommandMistake(`Cannot read ${file}: ${reasonOf(error)}`);
  }
}

function parseJSON(file: string, text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandMistake(`${file} is not JSON${placeOf(error, text)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
}

/** Where the JSON breaks off, as far as V8 tells. The rest of its message quotes the file, which may hold a secret. */
function placeOf(error: unknown, text: string): string {
  const { message } = error instanceof Error ? error : { message: '' };
  if (message === 'Unexpected end of JSON input') return ': it ends too early';
  const [, offset] = / at position (\d+)/.exec(message) ?? [];
  if (offset === undefined) return '';
  const lines = text.slice(0, Number(offset)).split('\n');
  return `: see line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function toPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : refuse('port', 'a whole number from 0 to 65535', text);
}

const toHost = (text: string): string => (isIPv4(text) ? text : refuse('host', 'an IPv4 address', text));

const toRedirectURI = (text: string): string =>
  isRedirectURI(text)
    ? text
    : refuse('redirect-uri', 'an absolute http or https URL without a fragment', text);

function refuse(option: string, expected: string, text: string): never {
  throw new CommandMistake(`--${option} must be ${expected}, not ${text || 'empty'}`);
}
