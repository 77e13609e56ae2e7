'use client';

import './globals.css';

/** Replaces the whole page when even its frame failed; nobody knows the reader's language then, so it says it twice. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center p-6 text-center">
        <main className="flex flex-col items-center gap-3">
          <h1 className="text-base font-semibold">Something went wrong</h1>
          <p lang="vi">Đã xảy ra lỗi</p>
          <button type="button" className="h-9 rounded-md bg-accent px-3.5 text-accent-ink" onClick={() => retry()}>
            Try again · <span lang="vi">Thử lại</span>
          </button>
        </main>
      </body>
    </html>
  );
}
