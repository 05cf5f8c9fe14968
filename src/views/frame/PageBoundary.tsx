import { Component } from 'react';
import type { ReactNode } from 'react';
import { Place } from '../parts/Place.tsx';
import { useWords } from '../words.tsx';

interface State {
  error: Error | null;
}

/** A page that breaks says so in its place; the bar, the other pages and what is stored remain. */
export class PageBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error ? <Broken cause={this.state.error.message} /> : this.props.children;
  }
}

function Broken({ cause }: { cause: string }): ReactNode {
  const words = useWords();
  return (
    <main id="main" tabIndex={-1}>
      <Place full fault title={words.t('page.failed')} text={words.t('page.failedHelp', { cause })}>
        <button type="button" className="btn" onClick={() => location.reload()}>
          {words.t('page.reload')}
        </button>
      </Place>
    </main>
  );
}
