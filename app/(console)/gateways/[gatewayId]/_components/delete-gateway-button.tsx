'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { NamedRow } from '#components/data-table/features.ts';
import { Button } from '#components/ui/button.tsx';
import { DeleteGatewaysDialog } from '../../_components/delete-gateways-dialog.tsx';

/** Deletes the gateway of this page, and leaves for the list. */
export function DeleteGatewayButton({ gateway }: { gateway: NamedRow }) {
  const t = useTranslations('gateways.delete');
  const router = useRouter();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button ref={buttonRef} variant="dangerGhost" className="max-sm:flex-1" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
        {t('open')}
        <span className="sr-only">{gateway.name}</span>
      </Button>
      {asking && (
        <DeleteGatewaysDialog
          gateways={[gateway]}
          onDeleted={() => router.push('/gateways')}
          onClose={() => setAsking(false)}
          returnFocus={() => buttonRef.current?.focus()}
        />
      )}
    </>
  );
}
