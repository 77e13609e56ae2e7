import type { ReactNode } from 'react';

/** The `<strong>` of a message, for `t.rich`. */
export const strong = (children: ReactNode) => <strong className="font-semibold">{children}</strong>;
