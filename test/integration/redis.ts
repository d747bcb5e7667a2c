import { requireProgram } from '../support/required-program.js';

export const mochaGlobalSetup = (): void => requireProgram('redis-server', 'apt-get install redis-server');
