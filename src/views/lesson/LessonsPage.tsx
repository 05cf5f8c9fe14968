import type { ReactNode } from 'react';
export function LessonsPage({ id }: { id: string | null }): ReactNode { return <main id="main">{id}</main>; }
