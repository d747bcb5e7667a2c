import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { blocksOf, PAGES, readPage } from '../docs/pages.js';
import { freePort } from '../support/server.js';
import { Consumer, type Finished } from './consumer.js';

describe('The command of the package, installed from its tarball', function () {
  this.timeout(120_000);

  let consumer: Consumer;
  before(async () => {
    consumer = await Consumer.create([]);
  });
  after(() => consumer.remove());

  for (const command of [
    ['npx', '--offline', 'passport-kakao-business'],
    ['node_modules/.bin/kakao-business-emulator'],
  ]) {
    it(`runs as ${command.join(' ')}`, async () => {
      const [file = '', ...args] = command;

      const { code, output } = await consumer.run(file, ...args, '--help');

      expect(output).to.include('Usage: kakao-business-emulator [options] [file.json]');
      expect(code).to.equal(0);
    });
  }

  it('issues a token to curl with the five documented lines', async () => {
    const pages = await Promise.all(['examples/README.md', ...PAGES].map(readPage));
    const recipes = new Set(
      pages
        .flatMap(blocksOf)
        .filter(({ source }) => source.includes('passport-kakao-business &\n'))
        .map(({ source }) => source),
    );

    expect(recipes).to.have.property('size').that.is.above(0);
    for (const recipe of recipes) {
      expect(recipe.trimEnd().split('\n')).to.have.lengthOf(5);
      const { code, output } = await runAtAnotherPort(recipe);
      expect(output).to.include('{"email":"haneul.kim@example.com"}');
      expect(code).to.equal(0);
    }
  });

  /** Runs lines that start the command in the background, at a free port. */
  async function runAtAnotherPort(lines: string): Promise<Finished> {
    const port = await freePort();
    const script = lines.replace(' &\n', ` --port ${port} &\n`).replaceAll('5252', `${port}`);
    const shell = spawn('sh', ['-c', script], {
      cwd: consumer.folder,
      detached: true, // its own process group: the command outlives the shell
    });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', text => (output += text));
    const closed = once(shell, 'close');
    const [code] = await once(shell, 'exit');
    if (shell.pid !== undefined) process.kill(-shell.pid);
    await closed; // by the command too
    return { code, output };
  }
});
