/** Set-up speaks on stderr only: the standard output belongs to the command that was asked for. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** One sentence, then the end of the process. */
export function stop(text, code = 1) {
  say(text);
  process.exit(code);
}
