/** What the middle of Compare shows. */
export type View = 'picture' | 'table';
