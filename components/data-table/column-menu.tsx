import { Columns3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuCheckboxItem, MenuContent, MenuTrigger } from '#components/ui/menu.tsx';

export type OptionalColumn = { id: string; label: string };

type ColumnMenuProps = { columns: OptionalColumn[]; shown: string[]; onChange: (shown: string[]) => void };

/** Lets the reader choose which columns are shown. Stays open, since several may be wanted. */
export function ColumnMenu({ columns, shown, onChange }: ColumnMenuProps) {
  const t = useTranslations('dataTable');
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t('columns')} title={t('columns')}>
          <Columns3 aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {columns.map(({ id, label }) => (
          <MenuCheckboxItem
            key={id}
            checked={shown.includes(id)}
            onCheckedChange={(checked) => onChange(checked ? [...shown, id] : shown.filter((other) => other !== id))}
            onSelect={(event) => event.preventDefault()}
          >
            {label}
          </MenuCheckboxItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
