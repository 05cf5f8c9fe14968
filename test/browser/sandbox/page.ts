/** A bare page that holds nothing but the sandbox, for test/browser/pythonSandbox.test.ts. */
import { PythonSandbox } from '../../../src/authoring/pythonSandbox.ts';

const sandbox = new PythonSandbox();
Object.assign(globalThis, { sandbox });
