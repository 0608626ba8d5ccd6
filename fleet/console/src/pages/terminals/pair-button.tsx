import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { texts } from '../../locales/texts.ts';

export function PairButton() {
  const text = texts.useText();
  return (
    <Button
      renderRoot={(props) => <Link to="/claim" {...props} />}
      leftSection={<IconLink size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('terminals.pair')}
    </Button>
  );
}
