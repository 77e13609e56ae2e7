'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState, useTransition } from 'react';
import { toast } from 'sonner';
import { useConnection } from '#components/data-table/use-connection.ts';
import { ErrorNotice } from '#components/ui/notice.tsx';

const LOOK_EVERY_MS = 3_000;

/** Until what became of the change is found, and time to read it. */
const TOAST_MS = 60_000;

/** Where no dialog is. @param onSessionEnded see `OutcomeUnknown`. */
export function outcomeUnknownToast(onSessionEnded?: () => void): void {
  toast.error(<OutcomeUnknown onSessionEnded={onSessionEnded} />, { duration: TOAST_MS });
}

/** Among the text of a dialog. */
export function OutcomeUnknownNotice() {
  return (
    <ErrorNotice>
      <OutcomeUnknown />
    </ErrorNotice>
  );
}

/**
 * Says that nobody knows whether a change was made, and has the page find out: it is fetched anew as soon as the server
 * answers.
 *
 * @param onSessionEnded what to do when that is what is found; else it is waited for another one.
 */
export function OutcomeUnknown({ onSessionEnded }: { onSessionEnded?: () => void }) {
  const t = useTranslations('outcomeUnknown');
  const router = useRouter();
  const { connection, check } = useConnection();
  const [answers, setAnswers] = useState(false);
  const [fetching, startTransition] = useTransition();

  const look = useEffectEvent(async () => {
    if (!(await check())) return false;
    startTransition(() => router.refresh());
    setAnswers(true);
    return true;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const run = async () => {
      if (!(await look()) && !stopped) timer = setTimeout(run, LOOK_EVERY_MS);
    };
    void run();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, []);

  const ended = useEffectEvent(() => onSessionEnded?.());
  useEffect(() => {
    if (connection === 'sessionEnded') ended();
  }, [connection]);

  return (
    <>
      {t('text')} {t(answers && !fetching ? 'found' : 'waiting')}
    </>
  );
}
