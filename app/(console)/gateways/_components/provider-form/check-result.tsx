import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SaidOfKey } from './use-key-check.ts';

const LOOKS = {
  good: { Icon: CircleCheck, look: 'text-success' },
  bad: { Icon: CircleAlert, look: 'text-danger' },
  unclear: { Icon: CircleHelp, look: 'text-warning' },
};

/** What came of trying a key; read out as it appears. */
export function CheckResult({ said }: { said: SaidOfKey | null }) {
  const t = useTranslations('providers.form');
  const { Icon, look } = LOOKS[judge(said)];
  return (
    <p role="status" className={said ? `flex gap-2 ${look}` : 'sr-only'}>
      {said && (
        <>
          <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span>
            {'status' in said
              ? t(`checked.${said.outcome}`, { status: String(said.status), milliseconds: said.milliseconds })
              : t(`checked.${said.outcome}`)}
          </span>
        </>
      )}
    </p>
  );
}

function judge(said: SaidOfKey | null): keyof typeof LOOKS {
  if (said?.outcome === 'accepted') return 'good';
  return said?.outcome === 'otherAnswer' ? 'unclear' : 'bad';
}
