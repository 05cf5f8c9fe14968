/** One sentence for each Problem code, and what to do. `problem.<code>`, optional `fix.<code>`. */
export const problems = {
  'problem.unknown': '`{code}` {detail}',
} as const;
