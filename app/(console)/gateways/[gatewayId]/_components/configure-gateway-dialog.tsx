'use client';

import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogContent, DialogDescription, DialogFooter, DialogTitle } from '#components/ui/dialog.tsx';
import { strong } from '#components/ui/strong.tsx';
import { SwitchField } from '#components/ui/switch-field.tsx';
import { ProblemNotice } from '../../../_components/problem-notice.tsx';
import { AuthenticationSwitch } from '../../_components/authentication-switch.tsx';
import { ConfirmConfigurationDialog } from './confirm-configuration-dialog.tsx';
import { CorsOriginsField } from './cors-origins-field.tsx';
import { type ConfigurableGateway, useGatewayConfiguration } from './use-gateway-configuration.ts';

type ConfigureGatewayDialogProps = { gateway: ConfigurableGateway; onSaved: () => void };

export function ConfigureGatewayDialog({ gateway, onSaved }: ConfigureGatewayDialogProps) {
  const t = useTranslations('gateway.configure');
  const { draft, change, cors, changed, consequences, submit, asking, cancel, save, pending, problem } =
    useGatewayConfiguration(gateway, onSaved);
  const keepOpen = (event: Event) => event.preventDefault();
  return (
    <DialogContent onInteractOutside={keepOpen} onEscapeKeyDown={pending ? keepOpen : undefined}>
      <DialogTitle>{t('title')}</DialogTitle>
      <DialogBody>
        <ProblemNotice problem={problem} text={(code) => t(`errors.${code}`)} />
        <DialogDescription className="wrap-anywhere">
          {t.rich('description', {
            gateway: gateway.name,
            strong,
          })}
        </DialogDescription>
        <AuthenticationSwitch
          authenticated={draft.authenticated}
          onChange={(authenticated) => change({ authenticated })}
        />
        <SwitchField
          label={t('objectsByToken')}
          text={t('objectsByTokenText')}
          checked={draft.objectsByToken}
          onChange={(objectsByToken) => change({ objectsByToken })}
        />
        <SwitchField
          label={t('enabled')}
          text={t('enabledText')}
          checked={draft.status === 'ACTIVE'}
          onChange={(enabled) => change({ status: enabled ? 'ACTIVE' : 'DISABLED' })}
        />
        <CorsOriginsField cors={cors} />
      </DialogBody>
      <DialogFooter>
        <DialogPrimitive.Close asChild>
          <Button disabled={pending}>{t('cancel')}</Button>
        </DialogPrimitive.Close>
        <Button variant="primary" pending={pending} disabled={!changed} onClick={submit}>
          {t('save')}
        </Button>
      </DialogFooter>
      <ConfirmConfigurationDialog open={asking} consequences={consequences} onStay={cancel} onApply={save} />
    </DialogContent>
  );
}
