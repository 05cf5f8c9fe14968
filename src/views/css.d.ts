import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Custom properties that a component sets on its element. */
    [name: `--${string}`]: string | number | undefined;
  }
}
