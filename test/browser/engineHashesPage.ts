/** Page of engines.test.ts: computes the hashes and sends them, or what went wrong, to its server. */
import { engineHashes } from './engineHashes.ts';

function answer(): unknown {
  try {
    return { hashes: engineHashes() };
  } catch (error) {
    return { error: String(error) };
  }
}

void fetch('/answer', { method: 'POST', body: JSON.stringify(answer()) });
