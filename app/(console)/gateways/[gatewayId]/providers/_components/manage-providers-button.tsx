'use client';

import { Blocks } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { DiscardDialog } from '#components/ui/discard-dialog.tsx';
import { useLeaveWarning } from '#components/ui/use-leave-warning.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { ManageProvidersDialog } from './manage-providers-dialog.tsx';

type ManageProvidersButtonProps = { gateway: { id: string; name: string }; providers: ProviderRow[] };

/** Opens the popup, and asks before it closes with changes that were not saved. */
export function ManageProvidersButton({ gateway, providers }: ManageProvidersButtonProps) {
  const t = useTranslations('providers.manage');
  const [open, setOpen] = useState(false);
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  useLeaveWarning(open && dirty);

  function close() {
    setOpen(false);
    setDirty(false);
    setAsking(false);
  }

  function changeOpen(next: boolean) {
    if (next) setOpen(true);
    else if (dirty) setAsking(true);
    else close();
  }

  return (
    <Dialog open={open} onOpenChange={changeOpen}>
      <DialogPrimitive.Trigger asChild>
        <Button className="max-sm:w-full">
          <Blocks aria-hidden />
          {t('open')}
        </Button>
      </DialogPrimitive.Trigger>
      {open && <ManageProvidersDialog gateway={gateway} shown={providers} onDirty={setDirty} onSaved={close} />}
      <DiscardDialog open={asking} onStay={() => setAsking(false)} onLeave={close} />
    </Dialog>
  );
}
