import { blocksOf, readPage } from '../docs/pages.js';
import { type Program, runProcess } from '../support/program.js';

/** The redirect URIs of the programs on the page: those of apps have their port replaced by a free one. */
const REDIRECT_URIS = [
  '/callback',
  '/auth/kakao_business/callback',
  '/connect/kakao_business/callback',
  '/api/auth/callback/kakao-business',
];

/** The command of the emulator, and the programs of docs/clients.md to run against it. */
export class ClientsPage {
  readonly #command: Program;
  readonly #page: string;
  readonly #emulator: string;
  readonly #app: string;

  private constructor(command: Program, page: string, emulator: string, app: string) {
    this.#command = command;
    this.#page = page;
    this.#emulator = emulator;
    this.#app = app;
  }

  /** @param port the port of apps. */
  static async start(port = 8000): Promise<ClientsPage> {
    const app = `http://localhost:${port}`;
    const args = [
      '--json',
      '--port',
      '0',
      ...REDIRECT_URIS.flatMap(path => ['--redirect-uri', `${app}${path}`]),
    ];
    const command = runProcess('lib/emulator/cli/cli.ts', { args });
    const { endpoints } = JSON.parse(await command.prints(/\n/));
    return new ClientsPage(
      command,
      await readPage('docs/clients.md'),
      new URL(endpoints.tokenURL).origin,
      app,
    );
  }

  /** The program below a heading, with the addresses of this emulator and this app. */
  program(heading: string): string {
    const [, section = ''] = this.#page.split(new RegExp(`^##+ ${heading}$`, 'm'));
    const [block] = blocksOf(section.replace(/^##+ [\s\S]*/m, ''));
    if (!block) throw new Error(`docs/clients.md has no program below ${heading}`);
    return block.source
      .replaceAll('http://127.0.0.1:5252', this.#emulator)
      .replaceAll('http://localhost:8000', this.#app);
  }

  async close(): Promise<void> {
    await this.#command.end('SIGTERM');
  }
}

/** What every program prints in the end: the tokeninfo of the user who agrees, with all digits. */
export const TOKEN_INFO =
  /"token_user_id":9007199254740993,"biz_agreements":\[\{"group":"MOMENT","scope":\["moment_management"\]/;
