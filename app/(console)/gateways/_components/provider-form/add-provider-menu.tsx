import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#components/ui/menu.tsx';
import { PROVIDERS, type ProviderKind, providerKinds } from '#lib/providers/catalog.ts';
import { ProviderMark } from '../../../_components/provider-mark.tsx';

type AddProviderMenuProps = { connected: ProviderKind[]; onAdd: (kind: ProviderKind) => void };

/** Offers the providers that are not in the list yet. */
export function AddProviderMenu({ connected, onAdd }: AddProviderMenuProps) {
  const t = useTranslations('providers.form');
  const rest = providerKinds().filter((kind) => !connected.includes(kind));
  if (rest.length === 0) return null;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button className="self-start">
          <Plus aria-hidden />
          {t('add')}
        </Button>
      </MenuTrigger>
      {/* The field that comes takes the focus, not the button again. */}
      <MenuContent align="start" onCloseAutoFocus={(event) => event.preventDefault()}>
        {rest.map((kind) => (
          <MenuItem key={kind} onSelect={() => onAdd(kind)}>
            <ProviderMark kind={kind} />
            {PROVIDERS[kind].label}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
