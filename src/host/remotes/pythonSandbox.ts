/** Python in its cage, for the page. */
import type { PythonRemote } from './python.ts';

export async function startPython(): Promise<PythonRemote> {
  return Promise.reject(new Error('python_missing'));
}
