/** Child processes. */
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a program in the project folder and waits for its end.
 * `quiet` sends its standard output to our stderr; `limitMs` ends it when it takes too long.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, limitMs?: number, env?: Record<string, string> }} [options]
 * @returns {Promise<number>} its exit code; 1 when it did not start or was ended by a signal
 */
export function run(program, args, { quiet = false, limitMs, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 2 : 1, 2],
      shell: process.platform === 'win32',
    });
    const timer = limitMs ? setTimeout(() => child.kill('SIGKILL'), limitMs) : undefined;
    const forward = (signal) => child.kill(signal);
    process.once('SIGINT', forward).once('SIGTERM', forward);
    const end = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code);
    };
    child.once('error', () => end(1));
    child.once('close', (code) => end(code ?? 1));
  });
}

/**
 * What a program prints, or null when it fails or does not exist.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<string | null>}
 */
export function outputOf(program, args, limitMs = 20_000) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: limitMs });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code === 0 ? text : null));
  });
}
