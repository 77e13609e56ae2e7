'use client';

import { Settings } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { ConfigureGatewayDialog } from './configure-gateway-dialog.tsx';
import type { ConfigurableGateway } from './use-gateway-configuration.ts';

export function ConfigureGatewayButton({ gateway }: { gateway: ConfigurableGateway }) {
  const t = useTranslations('gateway.configure');
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogPrimitive.Trigger asChild>
        <Button className="max-sm:flex-1">
          <Settings aria-hidden />
          {t('open')}
        </Button>
      </DialogPrimitive.Trigger>
      {/* Rendered anew each time, so that it begins with what is so now. */}
      {open && <ConfigureGatewayDialog gateway={gateway} onSaved={() => setOpen(false)} />}
    </Dialog>
  );
}
